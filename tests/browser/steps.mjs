// What the stories share: a person with a browser, who reads and presses what stands on the page; and what happens outside of it, by tests/browser/stories.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const axe = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const kTags = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"];
const kPatience = 30_000;

// A line to the launcher, and its reply.
let asked = 0;
const waiting = new Map();
createInterface({ input: process.stdin }).on("line", (line) => {
  const { id, value, error } = JSON.parse(line);
  const { resolve, reject } = waiting.get(id);
  waiting.delete(id);
  error ? reject(new Error(error)) : resolve(value);
});
export function world(ask, ...given) {
  const id = ++asked;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    console.log(JSON.stringify({ ask, id, with: given }));
  });
}

export function holds(what, truth) {
  if (!truth) throw new Error(what);
}

// The one address of this hub in a mail.
export function linkOf(mail) {
  const found = mail.text.match(/https:\/\/\S+/g) ?? [];
  holds(`one address in the mail 「${mail.subject}」: ${mail.text}`, found.length === 1);
  return found[0];
}

export class Person {
  static async sitsDown(browser, story, who, { width, javascript, pictures }) {
    const context = await browser.newContext({ ignoreHTTPSErrors: true, javaScriptEnabled: javascript, locale: "ja-JP", viewport: { width, height: width < 500 ? 800 : 900 } });
    context.setDefaultTimeout(kPatience);
    return Object.assign(new Person(), { context, page: await context.newPage(), story, who, width, javascript, pictures, looked: 0, last: "" });
  }
  leaves() { return this.context.close(); }
  opens(link) { return this.page.goto(link); }
  again() { return this.page.reload(); }

  // Looks at the page as it is now: nothing wider than the screen, nothing axe finds, and a picture of it.
  async looks(at) {
    this.last = at;
    const { page } = this;
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    holds(`「${at}」 is ${over} px wider than the screen`, over <= 0);
    holds(`「${at}」 has one h1`, (await page.getByRole("heading", { level: 1 }).count()) === 1);
    if (!this.javascript) return;
    await page.evaluate(axe);
    const { violations } = await page.evaluate((tags) => axe.run(document, { runOnly: tags, resultTypes: ["violations"] }), kTags);
    for (const one of violations) throw new Error(`axe at 「${at}」: ${one.id}: ${one.nodes.length} × ${one.nodes[0].html.slice(0, 160)}`);
    const number = String(++this.looked).padStart(2, "0");
    await page.screenshot({ path: `${this.pictures}/${this.story}-${this.who}-${number}-${at.replace(/[\s/]+/g, "-")}-${this.width}.png`, fullPage: true });
  }

  // What a person reads: the text of the page, of all of it or of what stands under a heading.
  text() { return this.page.locator("main").innerText(); }
  under(heading) {
    return this.page.locator("section, li", { has: this.page.getByRole("heading", { name: heading }) }).last();
  }
  async reads(...sentences) {
    const text = await this.text();
    for (const one of sentences) holds(`「${one}」 is not read on the page behind 「${this.last}」: ${text.slice(0, 600)}`, one instanceof RegExp ? one.test(text) : text.includes(one));
  }
  async readsNot(...sentences) {
    const text = await this.text();
    for (const one of sentences) holds(`「${one}」 is read on the page behind 「${this.last}」`, !(one instanceof RegExp ? one.test(text) : text.includes(one)));
  }
  async heads(title) {
    const found = (await this.page.getByRole("heading", { level: 1 }).innerText()).trim();
    holds(`the page is headed 「${found}」, not 「${title}」`, found === title);
  }

  // What is folded away in the menu is no link to anybody before it was opened.
  async goes(link, within = this.page) {
    const found = within.getByRole("link", { name: link, exact: typeof link === "string" });
    const folded = this.page.locator("nav details:not([open]) > summary");
    if ((await found.count()) === 0) while ((await folded.count()) > 0) await folded.first().click();
    await found.first().click();
    await this.page.waitForLoadState();
  }
  async presses(button, within = this.page) {
    await within.getByRole("button", { name: button }).first().click();
    await this.page.waitForLoadState();
  }
  // Fills the form that has this button, by its labels, and presses it.
  async fills(fields, button) {
    const form = this.page.locator("form", { has: this.page.getByRole("button", { name: button }) }).first();
    for (const [label, value] of Object.entries(fields)) {
      const field = form.getByLabel(label, { exact: true });
      if ((await field.evaluate((one) => one.tagName)) === "SELECT") await field.selectOption({ label: value });
      else await field.fill(value);
    }
    await this.presses(button, form);
  }
  async signsIn(base, mail, password) {
    await this.opens(base);
    await this.fills({ メールアドレス: mail, パスワード: password }, /^サインインする$/);
  }
}
