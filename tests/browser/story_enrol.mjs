// The administrator on a Saturday: three PCs by one 設置日コード. Two are known and approved, one of them renamed; of the third nobody knows.
import { holds, world } from "./steps.mjs";

const kPcs = [["pc-11", "PC-11 受付"], ["pc-12", "PC-12 現場"], ["pc-99", "見知らぬPC"]];

export async function administratorEnrols(sits, { base, people }) {
  const administrator = await sits("administrator", 1280);
  await administrator.signsIn(base, people.administrator, people.password);
  await administrator.goes("山田工務店");
  await administrator.goes("PCをつなぐ");
  await administrator.reads("承認を待っているPCはありません。");
  await administrator.looks("PCをつなぐ");
  await administrator.presses("設置日コードを出す");
  await administrator.heads("設置シート");
  await administrator.looks("設置シート");
  await administrator.reads("25台まで使えます。", "コードを表示するのは今だけです。");
  // As the person at the PC reads it: the command with its address, and the code.
  const sheet = await administrator.text();
  const code = sheet.match(/\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/)?.[0], address = sheet.match(/gokajo enroll (https:\S+)/)?.[1];
  holds(`the sheet has a code and a command: ${sheet}`, code && address);
  await Promise.all(kPcs.map(async ([host, label]) => {
    const said = await world("enrol", host, address, code, label);
    holds(`${host} is told to wait: ${said}`, said.includes("承認"));
  }));

  await administrator.goes("PCをつなぐページへ戻る");
  await administrator.looks("承認待ち");
  for (const [host, label] of kPcs) await administrator.reads(label, host);
  await administrator.goes("会社");
  await administrator.reads("承認を待っているPCが3台あります。承認するまで数に入りません。", "登録 1台／申告 1台");
  await administrator.looks("会社");
  await administrator.goes("PCをつなぐ", administrator.page.locator("main"));
  for (const [, label] of kPcs.slice(0, 2)) await administrator.page.getByLabel(label).check();
  await administrator.presses("選んだPCを承認する");
  await administrator.looks("2台を承認した");
  await administrator.reads("見知らぬPC");
  await administrator.readsNot("PC-11 受付", "PC-12 現場");

  await administrator.goes("PC");
  await administrator.reads("PC-11 受付", "PC-12 現場");
  await administrator.looks("PC");
  await administrator.goes("PC-12 現場");
  await administrator.goes("呼び名・休み・取り外し");
  await administrator.looks("管理");
  await administrator.fills({ このPCの呼び名: "PC-12 倉庫" }, "呼び名を変える");
  await administrator.looks("呼び名を変えた");
  await administrator.goes("PC");
  await administrator.reads("PC-12 倉庫", "PC-11 受付");
  await administrator.readsNot("PC-12 現場");
  await administrator.goes("操作の記録");
  await administrator.looks("操作の記録");
  await administrator.reads("PCを承認した", "PCの呼び名を変えた", "PC-12 倉庫", "田中", /PCをつなぐコードを出した\s+番号 2\s+設置日コード/);
  // In people's words alone.
  await administrator.readsNot("install_day");
}
