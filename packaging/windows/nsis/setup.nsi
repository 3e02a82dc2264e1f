; The setup with Japanese pages around the agent's installer: for whoever installs by a double click, from a USB stick (設置キット) or a download.
; Everything is installed by the package inside; this asks for address, code and the PC's name, and hands them over. Built by packaging/windows/msi/build.
; Built, unpacked and compared only: wine64 alone cannot run a 32-bit setup, and no real Windows has run it.
Unicode true
!include MUI2.nsh
!include nsDialogs.nsh
!include LogicLib.nsh
!include x64.nsh
!include FileFunc.nsh

Name "Gokajo"
OutFile "${OUT}"
RequestExecutionLevel admin
ShowInstDetails nevershow
SetCompressor /SOLID lzma
BrandingText "Gokajo ${VERSION}${UNSIGNED}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=1041 "ProductName" "Gokajo"
VIAddVersionKey /LANG=1041 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1041 "FileDescription" "Gokajo 自己点検のセットアップ"
VIAddVersionKey /LANG=1041 "LegalCopyright" "Apache-2.0"

Var Address
Var Code
Var Label
Var SetupFile
Var AddressBox
Var CodeBox
Var LabelBox
Var Properties
Var Result

!define MUI_WELCOMEPAGE_TITLE "$(WELCOME_TITLE)"
!define MUI_WELCOMEPAGE_TEXT "$(WELCOME_TEXT)"
!insertmacro MUI_PAGE_WELCOME
Page custom AskPage AskLeave
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_TITLE "$(FINISH_TITLE)"
!define MUI_FINISHPAGE_TEXT "$Result"
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_LANGUAGE "Japanese"
!insertmacro MUI_LANGUAGE "English"

LangString WELCOME_TITLE ${LANG_JAPANESE} "Gokajo 自己点検"
LangString WELCOME_TITLE ${LANG_ENGLISH} "Gokajo self-check"
LangString WELCOME_TEXT ${LANG_JAPANESE} "このパソコンを情報セキュリティ5か条に沿って毎日点検し、結果を会社の集計サーバーに知らせます。$\r$\n$\r$\n設定は変えません。ファイルの中身、閲覧の記録、入力した文字は見ません。$\r$\n$\r$\n集計サーバーのアドレスと登録コードを書いた紙をご用意ください。"
LangString WELCOME_TEXT ${LANG_ENGLISH} "Checks this PC every day against the five rules of information security and tells the results to your company's hub.$\r$\n$\r$\nIt changes no setting and looks at no file's contents, no browsing and no typing.$\r$\n$\r$\nPlease have the sheet with the hub's address and the enrolment code at hand."
LangString ASK_TITLE ${LANG_JAPANESE} "報告先"
LangString ASK_TITLE ${LANG_ENGLISH} "Where to report"
LangString ASK_TEXT ${LANG_JAPANESE} "紙に書いてあるとおりに入力してください。"
LangString ASK_TEXT ${LANG_ENGLISH} "Please type what stands on the sheet."
LangString ASK_ADDRESS ${LANG_JAPANESE} "集計サーバーのアドレス（例 https://hub.example.jp:8443）"
LangString ASK_ADDRESS ${LANG_ENGLISH} "Address of the hub (like https://hub.example.jp:8443)"
LangString ASK_CODE ${LANG_JAPANESE} "登録コード（例 K7WM-P2QX）"
LangString ASK_CODE ${LANG_ENGLISH} "Enrolment code (like K7WM-P2QX)"
LangString ASK_LABEL ${LANG_JAPANESE} "このPCの呼び名（例 PC-09 経理）"
LangString ASK_LABEL ${LANG_ENGLISH} "What this PC is called (like PC-09 accounts)"
LangString ASK_KIT ${LANG_JAPANESE} "設置キットのファイル（gokajo-setup.json）を使います。アドレスとコードの入力は要りません。登録先が次のとおりでないときは、中止してください。"
LangString ASK_KIT ${LANG_ENGLISH} "The file of the installation kit (gokajo-setup.json) is used; no address or code is to be typed. Cancel unless the hub below is yours."
LangString BAD_TEXT ${LANG_JAPANESE} "使えない文字があります（引用符など）。"
LangString BAD_TEXT ${LANG_ENGLISH} "There is a character that cannot be used (a quotation mark, say)."
LangString NEED_BOTH ${LANG_JAPANESE} "アドレスと登録コードの両方を入力してください。どちらも空のままなら、あとで登録できます。"
LangString NEED_BOTH ${LANG_ENGLISH} "Please type both address and code. With both left empty the PC can be enrolled later."
LangString NEED_X64 ${LANG_JAPANESE} "64ビット版のWindows 10以降が必要です。"
LangString NEED_X64 ${LANG_ENGLISH} "A 64-bit Windows 10 or later is needed."
LangString FINISH_TITLE ${LANG_JAPANESE} "セットアップの結果"
LangString FINISH_TITLE ${LANG_ENGLISH} "Result"
LangString DONE_ENROLLED ${LANG_JAPANESE} "入りました。集計サーバーへの登録もできました。$\r$\n$\r$\n点検はこのあと自動で始まります。"
LangString DONE_ENROLLED ${LANG_ENGLISH} "Installed, and enrolled at the hub.$\r$\n$\r$\nChecks begin by themselves."
LangString DONE_LATER ${LANG_JAPANESE} "入りました。集計サーバーへの登録は、まだ終わっていません。$\r$\n$\r$\nネットにつながると自動でやり直します。1時間たっても登録されないときは、担当者に知らせてください（gokajo doctor で理由が分かります）。"
LangString DONE_LATER ${LANG_ENGLISH} "Installed. This PC is not enrolled at the hub yet.$\r$\n$\r$\nThat is tried again by itself once there is a network. If it is not enrolled within an hour, tell the person in charge (gokajo doctor says why)."
LangString DONE_ALONE ${LANG_JAPANESE} "入りました。報告先はまだありません。$\r$\n$\r$\n登録するには、管理者のターミナルで: gokajo enroll アドレス"
LangString DONE_ALONE ${LANG_ENGLISH} "Installed. It reports to nobody yet.$\r$\n$\r$\nTo enrol, in an administrator's terminal: gokajo enroll ADDRESS"
LangString FAILED_BUSY ${LANG_JAPANESE} "ほかのインストールが動いています。終わってから、もう一度始めてください（1618）。"
LangString FAILED_BUSY ${LANG_ENGLISH} "Another installation is under way. Please start again when it is done (1618)."
LangString FAILED_OTHER ${LANG_JAPANESE} "入りませんでした。番号を担当者に知らせてください。アドレスとコードに打ち間違いがないかも確かめてください。番号: "
LangString FAILED_OTHER ${LANG_ENGLISH} "Not installed. Please tell the person in charge the number, and see that address and code were typed right. Number: "

; Leaves in $0 whether the text in $0 may stand in quotes on a command line: 1, or 0.
Function IsPlain
  Push $1
  Push $2
  StrLen $2 $0
  ${If} $2 > 255
    StrCpy $0 0
    Goto plain_done
  ${EndIf}
  StrCpy $1 0
  plain_next:
    StrCpy $2 $0 1 $1
    StrCmp $2 "" plain_yes
    StrCmp $2 '"' plain_no
    StrCmp $2 "[" plain_no
    StrCmp $2 "{" plain_no
    IntOp $1 $1 + 1
    Goto plain_next
  plain_no:
    StrCpy $0 0
    Goto plain_done
  plain_yes:
    StrCpy $0 1
  plain_done:
  Pop $2
  Pop $1
FunctionEnd

Function .onInit
  ${IfNot} ${RunningX64}
    MessageBox MB_ICONSTOP "$(NEED_X64)" /SD IDOK
    SetErrorLevel 1
    Quit
  ${EndIf}
  InitPluginsDir
  IfFileExists "$EXEDIR\gokajo-setup.json" 0 +2
    StrCpy $SetupFile "$EXEDIR\gokajo-setup.json"
FunctionEnd

; The line with "hub", for a person to see whether it is the right one; the program reads the file by itself.
Function HubOfKit
  StrCpy $0 ""
  ClearErrors
  FileOpen $1 "$SetupFile" r
  ${DoUntil} ${Errors}
    FileRead $1 $2
    StrCpy $3 $2 8
    ${If} $3 == '  "hub":'
      StrCpy $0 $2 200 8
      ${ExitDo}
    ${EndIf}
  ${Loop}
  FileClose $1
FunctionEnd

Function AskPage
  !insertmacro MUI_HEADER_TEXT "$(ASK_TITLE)" "$(ASK_TEXT)"
  nsDialogs::Create 1018
  Pop $0
  ${If} $SetupFile != ""
    Call HubOfKit
    ${NSD_CreateLabel} 0 0 100% 30u "$(ASK_KIT)"
    Pop $1
    ${NSD_CreateLabel} 0 34u 100% 20u "$0"
    Pop $1
  ${Else}
    ${NSD_CreateLabel} 0 0 100% 10u "$(ASK_ADDRESS)"
    Pop $1
    ${NSD_CreateText} 0 11u 100% 12u "$Address"
    Pop $AddressBox
    ${NSD_CreateLabel} 0 30u 100% 10u "$(ASK_CODE)"
    Pop $1
    ${NSD_CreateText} 0 41u 40% 12u "$Code"
    Pop $CodeBox
  ${EndIf}
  ${NSD_CreateLabel} 0 64u 100% 10u "$(ASK_LABEL)"
  Pop $1
  ${NSD_CreateText} 0 75u 60% 12u "$Label"
  Pop $LabelBox
  nsDialogs::Show
FunctionEnd

Function AskLeave
  ${NSD_GetText} $LabelBox $Label
  StrCpy $Address ""
  StrCpy $Code ""
  ${If} $SetupFile == ""
    ${NSD_GetText} $AddressBox $Address
    ${NSD_GetText} $CodeBox $Code
    ${If} $Address == ""
    ${AndIf} $Code != ""
      MessageBox MB_OK "$(NEED_BOTH)"
      Abort
    ${ElseIf} $Address != ""
    ${AndIf} $Code == ""
      MessageBox MB_OK "$(NEED_BOTH)"
      Abort
    ${EndIf}
  ${EndIf}
  StrCpy $0 "$Label$Address"
  Call IsPlain
  ${If} $0 == 0
    MessageBox MB_OK "$(BAD_TEXT)"
    Abort
  ${EndIf}
FunctionEnd

Section
  SetOutPath $PLUGINSDIR
  File /oname=gokajo.msi "${MSI}"
  ${If} ${Silent}
    ; /S stands first; what follows it is for the package.
    ${GetParameters} $Properties
    StrCpy $1 $Properties 2
    ${If} $1 == "/S"
      StrCpy $Properties $Properties "" 2
    ${EndIf}
  ${Else}
    StrCpy $Properties 'LABEL="$Label"'
    ${If} $SetupFile != ""
      StrCpy $Properties '$Properties SETUP_FILE="$SetupFile"'
    ${ElseIf} $Address != ""
      ; By a file: others can see what stands on a command line.
      FileOpen $0 "$PLUGINSDIR\code.txt" w
      FileWrite $0 "$Code"
      FileClose $0
      StrCpy $Properties '$Properties HUB_URL="$Address" ENROLL_TOKEN_FILE="$PLUGINSDIR\code.txt"'
    ${EndIf}
  ${EndIf}
  ExecWait '"$SYSDIR\msiexec.exe" /i "$PLUGINSDIR\gokajo.msi" /qn /norestart $Properties' $0
  Delete "$PLUGINSDIR\code.txt"
  SetErrorLevel $0
  ${If} $0 == 1618
    StrCpy $Result "$(FAILED_BUSY)"
  ${ElseIf} $0 != 0
  ${AndIf} $0 != 3010
  ${AndIf} $0 != 1641
    StrCpy $Result "$(FAILED_OTHER)$0"
  ${ElseIf} $SetupFile == ""
  ${AndIf} $Address == ""
    StrCpy $Result "$(DONE_ALONE)"
  ${Else}
    StrCpy $Result "$(DONE_LATER)"
    SetShellVarContext all
    StrCpy $1 0
    ${While} $1 < 60
      ${If} ${FileExists} "$APPDATA\Gokajo\enrolment.json"
        StrCpy $Result "$(DONE_ENROLLED)"
        ${Break}
      ${EndIf}
      Sleep 1000
      IntOp $1 $1 + 1
    ${EndWhile}
  ${EndIf}
SectionEnd
