// The adviser of 40 companies, on a Monday: which of them fell silent?
import { holds, world } from "./steps.mjs";

export async function adviserCompares(sits) {
  const link = await world("adviser's link");
  const silent = await world("silent companies");
  holds(`one company of the demo fell silent: ${silent}`, silent.length === 1);
  const adviser = await sits("adviser", 1280);
  await adviser.opens(link);
  await adviser.presses(/^サインインする$/);
  await adviser.heads("会社の一覧");
  await adviser.looks("会社の一覧");
  const rows = adviser.page.getByRole("row");
  holds("40 companies side by side", (await rows.count()) === 41);
  // What the page shows first, before any table is compared.
  const first = adviser.under("どのPCからも連絡がない会社").getByRole("link");
  holds(`it is named first: ${await first.allInnerTexts()}`, (await first.count()) === 1 && (await first.innerText()) === silent[0]);
  await adviser.goes(silent[0]);
  await adviser.heads(silent[0]);
  await adviser.looks("連絡のない会社");
  await adviser.reads(/^測定不能 \d+台から連絡がありません。/m, "連絡のないPC", "故障とは限りません", "最後の連絡");
  await adviser.readsNot("直すところは見つかりませんでした", /適合\s*[1-9]/);
}
