// Somebody of the office leaves: their sign-in ends at once, and neither password nor link lets them in again.
import { holds, linkOf, world } from "./steps.mjs";

const kName = "佐々木", kMail = "sasaki@yamada.example", kPassword = "海辺の駅で七時に待つ";

export async function somebodyLeaves(sits, { base, people }) {
  const administrator = await sits("administrator", 1280), sasaki = await sits("sasaki", 375);
  await administrator.signsIn(base, people.administrator, people.password);
  await administrator.goes("山田工務店");
  await administrator.goes("使う人");
  await administrator.fills({ お名前: kName, メールアドレス: kMail, 役割: "閲覧者" }, "招待のメールを送る");
  await administrator.reads(kName, kMail);
  await administrator.looks("招待した");

  const invitation = await world("mail", kMail, "招待");
  await sasaki.opens(linkOf(invitation));
  await sasaki.looks("招待");
  await sasaki.presses(/^サインインする$/);
  await sasaki.heads("山田工務店");
  await sasaki.goes(kName);
  await sasaki.fills({ 新しいパスワード: kPassword }, "パスワードを変える");
  await sasaki.looks("パスワードを決めた");
  await sasaki.goes("会社");
  await sasaki.goes("PC");
  await sasaki.heads("PC");
  await sasaki.looks("PC");
  // Signed in on the phone, and one link more that was asked for and never opened.
  const link = await (async () => {
    const other = await sits("sasaki-at-home", 375);
    await other.opens(base);
    await other.fills({ メールアドレス: kMail }, "リンクを送る");
    return linkOf(await world("mail", kMail, "サインイン用のリンク"));
  })();

  await administrator.goes("使う人");
  await administrator.looks("使う人");
  await administrator.presses(new RegExp(`外す.*${kName}`));
  await administrator.heads("この人を外しますか");
  await administrator.looks("外す前");
  await administrator.reads(kName, kMail, "すぐにサインアウトされ");
  await administrator.presses("この人を外す");
  await administrator.looks("外した");
  await administrator.reads("外しました。");
  await administrator.readsNot(kMail);

  await sasaki.again();
  await sasaki.looks("その場で終わった");
  await sasaki.heads("サインイン");
  await sasaki.readsNot("PC-03");
  await sasaki.fills({ メールアドレス: kMail, パスワード: kPassword }, /^サインインする$/);
  await sasaki.looks("パスワードでは入れない");
  await sasaki.reads("メールアドレスかパスワードが違います。");
  await sasaki.opens(link);
  if (await sasaki.page.getByRole("button", { name: /^サインインする$/ }).count()) await sasaki.presses(/^サインインする$/);
  await sasaki.looks("リンクでは入れない");
  await sasaki.reads("このリンクは期限が切れたか、もう使われました。");
  await sasaki.opens(`${base}/c/yamada/devices`);
  await sasaki.readsNot("PC-03");

  await administrator.goes("操作の記録");
  await administrator.looks("操作の記録");
  const row = administrator.page.getByRole("row").filter({ hasText: "人を外した" });
  holds(`the record says who did it: ${await row.allInnerTexts()}`, (await row.count()) === 1 && /田中/.test(await row.innerText()) && /佐々木|sasaki/.test(await row.innerText()));
}
