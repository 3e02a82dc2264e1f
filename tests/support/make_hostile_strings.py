#!/usr/bin/env python3
"""Prints tests/data/hostile/strings.json: 500 strings that break programs which trust their input, by category, each with the reason it is
here ("hex" are its bytes, which stand "times" times one behind the other). Written for Gokajo, from what each place in it does with a text; run it after a change and commit both.

  python3 tests/support/make_hostile_strings.py > tests/data/hostile/strings.json"""
import json
import sys

strings = []


def add(category, reason, *texts):
    for text in texts:
        data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
        strings.append({"category": category, "reason": reason, "hex": data.hex()})


TAGS = ["script", "img", "svg", "iframe", "object", "embed", "style", "link", "meta", "base", "form", "input", "button", "textarea", "select", "table", "td", "tr", "h1", "main", "title", "noscript", "template", "math", "plaintext", "xmp", "marquee", "details", "dialog", "video"]
for tag in TAGS:
    add("html", f"opens <{tag}> where text belongs", f"<{tag}>x", f"<{tag.upper()} a=1>")
    add("html", f"closes a <{tag}> it is not in", f"</{tag}>x")
add("html", "runs a script where it is taken for HTML", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<a href=javascript:alert(1)>x</a>", "<body onpageshow=alert(1)>", "<ScRiPt>alert(1)</sCrIpT>", "<scr<script>ipt>alert(1)</scr</script>ipt>", "<input autofocus onfocus=alert(1)>")
add("html", "a comment or declaration that swallows what follows", "<!--", "-->", "<!-- -- >", "<![CDATA[", "]]>", "<!DOCTYPE x>", "<?xml version='1.0'?>", "<!--><script>")
add("html", "entities that must stay what was typed", "&lt;script&gt;", "&amp;", "&#60;b&#62;", "&#x3C;b&#x3E;", "&notin;", "&", "&&", "&#0;", "&#xD800;", "&lt")
QUOTES = ["\"", "'", "`", "\" ", "' ", "\">", "'>", "\"/>", "'/>"]
for quote in QUOTES:
    add("attribute", "ends an attribute and begins another", f"{quote} onmouseover=alert(1) x={quote.strip('/> ')}", f"x{quote} autofocus onfocus=alert(1) ", f"{quote}<b>")
add("attribute", "ends an attribute without quotes", "x onclick=alert(1)", "x/onclick=alert(1)", "x\tonclick=alert(1)", "javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x")
for mark in ("{{x}}", "{{{x}}}", "{{&x}}", "{{#t}}frame.menu{{/t}}", "{{/main}}", "{{^a}}b{{/a}}", "{{>frame}}", "{{!x", "{{=<% %>=}}", "{{token}}", "{{{content}}}", "}}", "{{", "{{{", "{{#", "{{.}}", "{name}", "{count}", "${x}", "#{x}", "%{x}", "<%= x %>", "[[x]]", "{%x%}"):
    add("template", "is a place to fill in for mustache, our wording or another template", mark)
for start in ("=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", "＋", "－", "＠", " =", "'="):
    add("formula", "a spreadsheet computes what begins so", f"{start}1+1", f"{start}cmd|'/c calc'!A1", f"{start}HYPERLINK(\"http://x.example\",\"見積\")")
add("formula", "reads another file or asks the network", "=WEBSERVICE(\"http://x.example\")", "=IMPORTXML(\"http://x.example\",\"//a\")", "=DDE(\"cmd\";\"/c calc\";\"x\")", "=1,=2", "=\"a\"\"b\"", "+81-3-1234-5678", "-5", "@SUM(A1)")
add("csv", "a cell that ends its cell or its row", "a,b", "a;b", "a\tb", "\"", "\"\"", "a\"b", "a\r\nb", "a\nb", "a\rb", "\",\"", "\"\r\n\"x", "x\r\n=1+1", ",,,", "sep=;")
for code in (0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069, 0x200E, 0x200F, 0x061C):
    add("bidi", f"U+{code:04X} turns the direction of what follows", f"PC{chr(code)}01", chr(code), f"fdp.{chr(code)}exe")
for code in (0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD, 0x034F, 0x180E, 0x2061, 0x2063, 0x3164, 0x115F, 0xFFA0, 0x2800):
    add("zero width", f"U+{code:04X} is not seen, so that two names look alike", f"PC{chr(code)}01", chr(code))
add("overlong", "UTF-8 that is longer than needed, or cut off, or none", b"\xc0\xaf", b"\xc0\xbcscript\xc0\xbe", b"\xe0\x80\xaf", b"\xf0\x80\x80\xaf", b"\xc1\xbf", b"\xc0\x80", b"\xff", b"\xfe\xff", b"\xf5\x80\x80\x80", b"\xf4\x90\x80\x80", b"\xe3\x81", b"PC\xe3", b"\x80", b"\xbf\xbf", b"a\xc3", b"\xf0\x9f\x92", b"\xed\xa0\x80\xed\xb0\x80", b"\x83\x65\x83\x58\x83\x67", b"\xa4\xa2", b"\x1b$B$\"\x1b(B")
add("surrogate", "half of a pair, which is no character", "\ud800", "\udfff", "PC\ud83d", "\udc00\ud800", "\udbff\udfff")
add("nul", "a zero ends a text for some and not for others", "\0", "PC\0.exe", "a\0b", "\0\0\0", "<scr\0ipt>", "%00", "\\0", "\u2400")
for code in [*range(1, 32), 127, *range(0x80, 0xA0, 3)]:
    add("control", f"control character U+{code:04X}", f"PC{chr(code)}01")
for escape in ("[31m", "[2J", "]0;title\a", "]8;;http://x.example\a", "[6n", "c", "[?1049h", "Pq", "]52;c;eA==\a", "[1A", "(0", "]1337;File=:eA==\a", "[8m", "[20t", "#8", "\\", "_x", "^x"):
    add("terminal", "an escape that a terminal obeys", "\x1b" + escape)
add("terminal", "the same as a C1 control or with the end of a line", "\x9b31m", "\x9d0;x\x9c", "a\x08b", "x\rroot# ", "\x0e", "\x05")
add("sql", "ends a literal of SQL", "'; DROP TABLE devices; --", "' OR '1'='1", "\"; --", "1; SELECT 1", "' UNION SELECT body FROM reports --", "\\'; --", "%' --", "_%", "x'00'", "$$; --", "NULL", "';ATTACH DATABASE '/tmp/x' AS x;--", "COPY x FROM PROGRAM 'id'", "/*", "*/", "\\.")
add("path", "leads out of a folder or to a device", "../../etc/passwd", "..\\..\\windows", "/etc/shadow", "C:\\Windows", "\\\\server\\share", "CON", "NUL.txt", "a/../b", "%2e%2e%2f", "..%c0%af", "~root", "file:///etc/passwd", "//server", ".", "..", "-rf", "--help", "|id", ";id", "`id`", "$(id)", "&& id", "> /tmp/x", "*", "?", "nul", "com1", "a:b", "x.", "x ")
add("header", "ends a line of a mail or of HTTP", "x\r\nBcc: a@x.example", "x\nSubject: y", "x\r\n\r\n<b>", "x%0d%0aSet-Cookie: a=b", "=?UTF-8?B?PGI+?=", "a@b.example, c@d.example", "\"<a@b.example>\"", "x\u2028y", "x\u2029y", "x\u0085y", "x\x0by", "\r\n.\r\n", "a@b\r\nRCPT TO:<c@d.example>", "From x")
for count in (60, 61, 200, 201, 1000, 4096, 10000, 65536):
    for unit in ("あ", "x"):
        add("long", f"{count} characters", unit)
        strings[-1]["times"] = count
add("long", "no place to break a line", "W" * 500, "ー" * 300, "_" * 400, "a-" * 200)
add("combining", "marks that pile up or stand alone", "e" + "\u0301" * 40, "\u0301", "\u3099", "か\u3099", "が", "Z" + "\u0300\u0316" * 30, "\u20dd", "\U0001F468\u200D\U0001F469\u200D\U0001F467", "\U0001F1EF\U0001F1F5", "\U0001F3FB", "\u0e33" * 20, "\u0f71\u0f72" * 10)
add("look alike", "other letters that look like ours", "ＰＣ－０１", "РС-01", "PC‐01", "PC−01", "PC–01", "ΡC-01", "一", "ー", "〇", "O0Oo", "𝐏𝐂", "ﷺ", "ß", "İ", "ı", "ſ", "K")
add("json", "ends a text of JSON or is another value", "\"}", "\\u0022", "\\", "{\"a\":1}", "[1]", "null", "true", "NaN", "1e999", "\\ud800", "</script>", "__proto__", "constructor")
add("number", "is taken for a number or a date", "0x10", "1e5", "00123", "1/2", "2026-11-24", "MAR1", "1-2-3", "∞", "１２３", "-0")
add("words", "must stand in nothing that leaves the hub, nor be taken for a verdict of ours", "適合", "要対応", "測定不能", "Gokajo", "pass", "連絡なし")
add("blank", "is nothing to see", "", " ", "\u3000", "\u00a0", "\u2003", "   x   ", "\u3000x\u3000")
add("noncharacter", "stands for no character at all", "\ufffe", "\uffff", "\U0001FFFE", "\U0010FFFF", "\ufdd0", "\ue000", "\U000E0001", "\U000E0041", "\ufffd", "\ufff9\ufffa\ufffb")

unique, seen = [], set()
for one in strings:
    if (one["hex"], one.get("times")) not in seen:
        seen.add((one["hex"], one.get("times")))
        unique.append(one)
# The first of each category stay; of the largest the last go, until there are 500.
WANTED = 500
while len(unique) > WANTED:
    counts = {}
    for one in unique:
        counts[one["category"]] = counts.get(one["category"], 0) + 1
    largest = max(counts, key=lambda category: counts[category])
    unique.pop(max(i for i, one in enumerate(unique) if one["category"] == largest))
assert len(unique) == WANTED, len(unique)
json.dump({"format": "gokajo-hostile-strings/1", "strings": unique}, sys.stdout, ensure_ascii=True, indent=0)
print()
