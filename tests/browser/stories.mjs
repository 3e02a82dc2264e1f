// Plays the stories, one after the other but for what waits: tests/browser/stories starts it with one JSON argument {base, javascript, pictures, chrome, only,
// people}. One line a fault, last {"stories": n, "faults": n}.
import { chromium } from "playwright-core";
import { Person } from "./steps.mjs";
import { ownerReadsMail } from "./story_owner.mjs";
import { shareIsClosed } from "./story_share.mjs";
import { adviserCompares } from "./story_adviser.mjs";
import { administratorEnrols } from "./story_enrol.mjs";
import { somebodyLeaves } from "./story_leaving.mjs";

const given = JSON.parse(process.argv[2]);
const stories = { 1: ownerReadsMail, 2: shareIsClosed, 3: adviserCompares, 4: administratorEnrols, 5: somebodyLeaves };
const browser = await chromium.launch({ executablePath: given.chrome, args: ["--no-sandbox", "--disable-dev-shm-usage", `--host-resolver-rules=${given.names}`] });
let played = 0, faults = 0;

async function play(number) {
  if (!given.only.includes(number)) return;
  const people = [], began = Date.now();
  const sits = async (who, width) => {
    people.push(await Person.sitsDown(browser, number, who, { ...given, width }));
    return people.at(-1);
  };
  const name = `story ${number} ${given.javascript ? "with" : "without"} JavaScript`;
  ++played;
  try {
    await stories[number](sits, given);
    console.log(`ok     ${name} (${Date.now() - began} ms)`);
  } catch (problem) {
    ++faults;
    console.log(`FAILED ${name}: ${problem.message.split("\n").slice(0, 20).join("\n       ")}`);
    for (const one of people) await one.page.screenshot({ path: `${given.pictures}/FAILED-${number}-${one.who}-${given.javascript ? "with" : "without"}.png`, fullPage: true }).catch(() => {});
  }
  for (const one of people) await one.leaves();
}

// The owner reads of the open folder before somebody closes it. While that PC is heard of again, the others do what they have to.
await play("1");
await Promise.all([play("2"), play("3"), play("4").then(() => play("5"))]);
await browser.close();
console.log(JSON.stringify({ javascript: given.javascript, stories: played, faults }));
process.exit(faults === 0 ? 0 : 1);
