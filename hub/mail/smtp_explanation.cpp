#include "hub/mail/smtp.h"

namespace gokajo::hub {

compliance::Text explanation(const SmtpFailure& failure) {
  switch (failure.problem) {
    case SmtpProblem::name:
      return {"メールサーバーの名前が見つかりません。host のつづりと、インターネットへの接続を確かめてください。",
              "The mail server's name was not found. Check the spelling of host and the connection to the Internet."};
    case SmtpProblem::connection:
      return {"メールサーバーにつながりません。port が587か465か、社内の機器が送信を止めていないかを確かめてください。",
              "The mail server cannot be reached. Check that port is 587 or 465 and that no device in the office blocks it."};
    case SmtpProblem::no_starttls:
      return {"サーバーが暗号化（STARTTLS）に応じないため、送りませんでした。port を465、security を tls にしてみてください。",
              "The server does not offer encryption (STARTTLS), so nothing was sent. Try port 465 with security tls."};
    case SmtpProblem::certificate:
      return {
          "サーバーの証明書の名前か発行元が合わないため、送りませんでした。契約先の案内にあるサーバー名を、送信サーバー（host）に書いてくだ"
          "さい。",
          "The server's certificate does not fit its name or issuer, so nothing was sent. Write the name in your provider's "
          "instructions as host."};
    case SmtpProblem::tls:
      return {"暗号化された接続を作れませんでした。port と security の組み合わせ（587とstarttls、465とtls）を確かめてください。",
              "No encrypted connection could be made. Check the pair of port and security (587 with starttls, 465 with tls)."};
    case SmtpProblem::login:
      return {
          "ユーザー名かパスワードが違うか、この送り方が許されていません。GmailとMicrosoft 365では、ふだんのパスワードは使えません。",
          "User name or password is wrong, or this way of sending is not allowed. Gmail and Microsoft 365 do not take the usual password."};
    case SmtpProblem::address:
      return {"宛先のメールアドレスが受け取られませんでした。アドレスのつづりを確かめてください。",
              "The recipient's address was not accepted. Check its spelling."};
    case SmtpProblem::rejected:
      return {"サーバーが送信を断りました。差出人（from）がこのメールボックスのアドレスかを確かめてください。",
              "The server refused the mail. Check that from is an address of this mailbox."};
    case SmtpProblem::later:
      return {"サーバーが「あとで」と答えました。送れる数の上限のことが多く、自動で送り直します。",
              "The server asks to come back later, often because of its limit. It is tried again automatically."};
    case SmtpProblem::timeout:
      return {"1分以内に送り終わりませんでした。自動で送り直します。",
              "It could not be sent within a minute. It is tried again automatically."};
    case SmtpProblem::secret:
      return {"パスワードのファイルを読めません。password_file の場所と、ほかの人が読めない設定かを確かめてください。",
              "The file with the password cannot be read. Check password_file, and that nobody else may read it."};
    case SmtpProblem::oauth:
      return {"送信の許可（トークン）をもらえませんでした。client_id と client_secret_file、管理者の同意を確かめてください。",
              "No access token was given. Check client_id, client_secret_file and the administrator's consent."};
    case SmtpProblem::other:
      break;
  }
  return {"メールを送れませんでした。下の詳しい内容を契約先に伝えてください。",
          "The mail could not be sent. Please pass the details below to your provider."};
}

}  // namespace gokajo::hub
