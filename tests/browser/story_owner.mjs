// The owner, who only reads mail on a phone: from the weekly mail to the one thing to do, and its steps for that PC's system.
import { holds, linkOf, world } from "./steps.mjs";

export async function ownerReadsMail(sits, { people }) {
  const mail = await world("mail", people.owner, "要対応");
  holds(`the subject tells how it stands: ${mail.subject}`, /^【Gokajo】要対応1台／全1台 /.test(mail.subject));
  const asked = mail.text.split("\n").filter((line) => /^\d+ PC-/.test(line));
  holds(`the mail asks for one thing: ${mail.text}`, asked.length === 1 && asked[0].startsWith("1 PC-03"));

  const owner = await sits("owner", 375);
  await owner.opens(linkOf(mail));
  await owner.heads("サインイン");
  await owner.looks("サインイン");
  await owner.fills({ メールアドレス: people.owner }, "リンクを送る");
  await owner.reads("サインイン用のリンクを送りました");
  await owner.looks("リンクを送った");
  await owner.opens(linkOf(await world("mail", people.owner, "サインイン用のリンク")));
  await owner.looks("リンクを開いた");
  await owner.presses(/^サインインする$/);

  await owner.heads("山田工務店");
  await owner.looks("会社");
  await owner.reads("1台に手当てが必要です。", "登録 1台／申告 1台");
  await owner.readsNot("直すところは見つかりませんでした", "費用がかかること", "連絡のないPC");
  const things = owner.under("今日できること").getByRole("listitem");
  holds(`one thing to do: ${await things.allInnerTexts()}`, (await things.count()) === 1);
  holds(`the mail and the page say the same: ${await things.innerText()}`, /パスワードなし/.test(await things.innerText()));
  await owner.goes("PC-03 経理", things);

  await owner.heads("PC-03 経理");
  await owner.looks("PC");
  const fix = owner.under("このPCで直すもの").getByRole("listitem");
  holds(`one thing to fix: ${await fix.allInnerTexts()}`, (await fix.count()) === 1);
  await owner.goes("パスワードなしの共有", fix);
  // For exactly this system, and no other.
  const finding = await owner.under(/パスワードなしの共有/).innerText();
  for (const words of ["「見積」", "直し方", "/etc/samba/smb.conf"]) holds(`「${words}」 is read: ${finding}`, finding.includes(words));
  await owner.reads(/OS: Debian GNU\/Linux 12/);
  for (const words of ["Windows", "macOS", "エクスプローラー"]) holds(`nothing of ${words}: ${finding}`, !finding.includes(words));
}
