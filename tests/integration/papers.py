"""PDFs, read by programs that are not ours (poppler-utils) and rendered to be looked at."""
import html
import pathlib
import re
import subprocess
import tempfile

# What no line of Japanese may begin with (JIS X 4051); the middle dot stands before points of lists.
NOT_FIRST = "、。，．」』）】〕］｝！？ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ々"


def ask(*words):
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


def words(data):
    """The text of a PDF given as bytes."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        return ask("pdftotext", "-layout", file.name, "-")


def flat(text):
    return re.sub(r"\s", "", text)


def lines_of(file):
    """Every line as it stands on the paper."""
    for line in re.findall(r"<line [^>]*>(.*?)</line>", ask("pdftotext", "-bbox-layout", str(file), "-"), re.S):
        yield html.unescape("".join(re.findall(r"<word [^>]*>(.*?)</word>", line)))


def blanks_of(file):
    """Each line of many words in Latin letters, and how wide the blanks between them are, in points."""
    for line in re.findall(r"<line [^>]*>(.*?)</line>", ask("pdftotext", "-bbox-layout", str(file), "-"), re.S):
        placed = re.findall(r'<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="[\d.]+">([^<]*)</word>', line)
        blanks = [float(right[0]) - float(left[1]) for left, right in zip(placed, placed[1:]) if left[2].isascii() and right[2].isascii()]
        if len(blanks) > 5:
            yield " ".join(word for _, _, word in placed), blanks


def check(file, sentences, numbered):
    """Says how many pages it has. `numbered`: each has its number, n／m; else only where there are several."""
    file = pathlib.Path(file)
    fonts = ask("pdffonts", str(file)).splitlines()[2:]
    assert fonts and all(re.search(r"\syes\s+(yes|no)\s+(yes|no)\s+\d+\s+\d+$", line) and "CJK" in line for line in fonts), f"{file.name}: fonts {fonts}"
    pages = int(re.search(r"Pages:\s+(\d+)", ask("pdfinfo", str(file)))[1])
    whole = ask("pdftotext", "-layout", str(file), "-")
    assert "\ufffd" not in whole, f"{file.name}: characters that are none: {whole[:300]}"
    for page in range(1, pages + 1):
        text = ask("pdftotext", "-f", str(page), "-l", str(page), "-layout", str(file), "-")
        assert not (numbered or pages > 1) or re.search(rf"(^|\D){page}／{pages}(\D|$)", text), f"{file.name}: page {page} of {pages} has no number: {text[-200:]}"
        assert len(flat(text)) > 40, f"{file.name}: page {page} is empty but for {text}"
    # As it was drawn, cell by cell: a sentence of several lines in a table is in one piece.
    drawn = flat(ask("pdftotext", "-raw", str(file), "-"))
    for sentence in sentences:
        assert flat(sentence) in drawn, f"{file.name} does not say 「{sentence}」: {drawn[:600]}"
    for line, blanks in blanks_of(file):
        assert max(blanks) - min(blanks) < 0.5, f"{file.name}: uneven blanks ({min(blanks):.2f} to {max(blanks):.2f} points) in 「{line}」"
    badly = [line for line in lines_of(file) if line and line[0] in NOT_FIRST]
    assert not badly, f"{file.name}: lines broken where they may not be: {badly[:5]}"
    subprocess.run(["pdftoppm", "-r", "90", "-png", str(file), str(file.with_suffix(""))], check=True)
    return pages


def check_bytes(data, file, sentences, numbered):
    pathlib.Path(file).write_bytes(data)
    return check(file, sentences, numbered)
