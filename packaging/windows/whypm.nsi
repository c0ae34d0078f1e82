; The installer of WhyPM for Windows: for one user, without administrator rights.
;
; installer.py calls it with -DWORK=<folder>, in which it has written what differs from build to build:
; definitions.nsh, install.nsh and uninstall.nsh. Switches of the setup program:
;   /S          silent            /D=<folder>   where to (last, without quotes)
;   /DESKTOP    with a link on the desktop
; and of uninstall.exe:
;   /S          silent            /DELETEDATA   with the recordings, sessions and settings of this user
; What the exit codes say is in the list below; 0 is success, 1 cancelled, 2 an error of the system.

!define EXIT_OLDER 3     ; a newer version is installed
!define EXIT_OPEN 4      ; WhyPM is open, or another setup is
!define EXIT_WINDOWS 5   ; this Windows is too old, or has 32 bits
!define EXIT_LONG 6      ; the folder's name is too long for the files below it
!define EXIT_EARLIER 7   ; the earlier version could not be removed

!include "${WORK}/definitions.nsh"

Unicode true
!ifdef TARGET
  Target ${TARGET}
!endif
!ifdef QUICK
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
ManifestDPIAware true
ManifestLongPathAware true
ManifestSupportedOS Win10
RequestExecutionLevel user
AllowSkipFiles off
ShowInstDetails nevershow
ShowUninstDetails nevershow
BrandingText " "

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include nsDialogs.nsh
!include WinVer.nsh
!include WordFunc.nsh
!include x64.nsh

!define ENTRY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
!define DATA "$LOCALAPPDATA\${DATA_FOLDER}"
!define START_LINK "$SMPROGRAMS\${NAME}.lnk"
!define DESKTOP_LINK "$DESKTOP\${NAME}.lnk"
!define LONGEST_PATH 259

Name "${NAME}"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "${ENTRY}" "InstallLocation"

VIProductVersion "${NUMBERS}"
VIFileVersion "${NUMBERS}"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "${NAME} setup"
VIAddVersionKey "CompanyName" "${PUBLISHER}"
VIAddVersionKey "LegalCopyright" "${COPYRIGHT}"

!ifdef SIGN
  !uninstfinalize '${SIGN} "%1"' = 0
!endif

Var Earlier
Var DataBox
Var DeleteData
Var Upgrading

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_COMPONENTSPAGE_NODESC
!define MUI_DIRECTORYPAGE_TEXT_TOP "WhyPM is installed for you alone and needs no administrator. Your recordings are kept \
  elsewhere: they stay when you install a newer version or remove WhyPM."
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM}.exe"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
UninstPage custom un.AskAboutData un.NoteAnswer
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

; Say it, unless silent, and end with this exit code.
!macro Refuse CODE MESSAGE
  MessageBox MB_OK|MB_ICONEXCLAMATION "${MESSAGE}" /SD IDOK
  SetErrorLevel ${CODE}
  Quit
!macroend

; A program that runs cannot be opened for writing. That covers its child processes too.
!macro NoteIfOpen PROGRAM_FILE
  ${If} ${FileExists} "${PROGRAM_FILE}"
    ClearErrors
    FileOpen $1 "${PROGRAM_FILE}" a
    ${If} ${Errors}
      StrCpy $0 "open"
    ${Else}
      FileClose $1
    ${EndIf}
  ${EndIf}
!macroend

!macro RequireClosed FOLDER
  ${Do}
    StrCpy $0 ""
    !insertmacro NoteIfOpen "${FOLDER}\${PROGRAM}.exe"
    !insertmacro NoteIfOpen "${FOLDER}\${TERMINAL_PROGRAM}.exe"
    ${If} $0 == ""
      ${ExitDo}
    ${EndIf}
    ${If} ${Cmd} `MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION \
        "WhyPM is open. Close its window, and any terminal that it runs in, then choose Retry." /SD IDCANCEL IDCANCEL`
      SetErrorLevel ${EXIT_OPEN}
      Quit
    ${EndIf}
  ${Loop}
!macroend

Function .onInit
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastWin10}
    !insertmacro Refuse ${EXIT_WINDOWS} "WhyPM needs Windows 10 or newer, with 64 bits."
  ${EndIf}
  System::Call 'kernel32::CreateMutex(p 0, i 0, t "WhyPM-setup") p .r1 ?e'
  Pop $0
  ${If} $0 = 183 ; ERROR_ALREADY_EXISTS
    !insertmacro Refuse ${EXIT_OPEN} "The setup of WhyPM is already open."
  ${EndIf}
  ReadRegStr $0 HKCU "${ENTRY}" "Numbers"
  ${If} $0 != ""
    ${VersionCompare} "${NUMBERS}" "$0" $1
    ${If} $1 = 2
      ReadRegStr $0 HKCU "${ENTRY}" "DisplayVersion"
      !insertmacro Refuse ${EXIT_OLDER} "WhyPM $0 is installed, and this is the older ${VERSION}. Remove WhyPM first \
        if you want to go back: your recordings stay, but an older WhyPM may not be able to read them."
    ${EndIf}
  ${EndIf}
  ReadRegStr $Earlier HKCU "${ENTRY}" "InstallLocation"
  ${If} $Earlier != ""
    !insertmacro RequireClosed "$Earlier"
  ${EndIf}
  Call ChooseDesktopLink
FunctionEnd

Function .onVerifyInstDir
  StrLen $0 "$INSTDIR\${LONGEST_NAME}"
  ${If} $0 > ${LONGEST_PATH}
    Abort
  ${EndIf}
FunctionEnd

Section "WhyPM"
  SectionIn RO
  StrLen $0 "$INSTDIR\${LONGEST_NAME}"
  ${If} $0 > ${LONGEST_PATH}
    !insertmacro Refuse ${EXIT_LONG} "The name of this folder is too long; choose one with a shorter path."
  ${EndIf}
  ${If} $Earlier != $INSTDIR
    !insertmacro RequireClosed "$INSTDIR"
  ${EndIf}
  Call RemoveEarlier
  !include "${WORK}/install.nsh"
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "${START_LINK}" "$INSTDIR\${PROGRAM}.exe"
  WriteRegStr HKCU "${ENTRY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${ENTRY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${ENTRY}" "Numbers" "${NUMBERS}"
  WriteRegStr HKCU "${ENTRY}" "DisplayIcon" "$INSTDIR\${PROGRAM}.exe"
  WriteRegStr HKCU "${ENTRY}" "Publisher" "${PUBLISHER}"
  WriteRegStr HKCU "${ENTRY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${ENTRY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${ENTRY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${ENTRY}" "EstimatedSize" ${SIZE_KB}
  WriteRegDWORD HKCU "${ENTRY}" "NoModify" 1
  WriteRegDWORD HKCU "${ENTRY}" "NoRepair" 1
SectionEnd

Section /o "Link on the desktop" DESKTOP_SECTION
  CreateShortcut "${DESKTOP_LINK}" "$INSTDIR\${PROGRAM}.exe"
SectionEnd

Function ChooseDesktopLink
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/DESKTOP" $1
  ${IfNot} ${Errors}
  ${OrIf} ${FileExists} "${DESKTOP_LINK}"
    SectionSetFlags ${DESKTOP_SECTION} ${SF_SELECTED}
  ${EndIf}
FunctionEnd

; Its own uninstaller knows by its own list what the earlier version has put there.
Function RemoveEarlier
  ${If} $Earlier == ""
  ${OrIfNot} ${FileExists} "$Earlier\uninstall.exe"
    Return
  ${EndIf}
  DetailPrint "Removing the earlier version"
  ClearErrors
  ExecWait '"$Earlier\uninstall.exe" /S /UPGRADE _?=$Earlier' $0
  ${If} ${Errors}
  ${OrIf} $0 <> 0
    !insertmacro Refuse ${EXIT_EARLIER} "The earlier WhyPM in $Earlier could not be removed. Remove it in Windows' \
      settings, then start this setup again. Your recordings stay."
  ${EndIf}
  Delete "$Earlier\uninstall.exe"
  RMDir "$Earlier"
FunctionEnd

Function un.onInit
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/DELETEDATA" $1
  ${IfNot} ${Errors}
    StrCpy $DeleteData 1
  ${EndIf}
  ClearErrors
  ${GetOptions} $0 "/UPGRADE" $1
  ${IfNot} ${Errors}
    StrCpy $Upgrading 1
  ${EndIf}
  !insertmacro RequireClosed "$INSTDIR"
FunctionEnd

Function un.AskAboutData
  !insertmacro MUI_HEADER_TEXT "Remove WhyPM" "Choose whether your recordings stay."
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateLabel} 0 0 100% 36u "WhyPM is removed from $INSTDIR. Your recordings, sessions, settings and downloaded \
    models stay in ${DATA}, unless you want them removed as well."
  Pop $0
  ${NSD_CreateCheckBox} 0 44u 100% 12u "Delete my recordings, sessions and settings too. They cannot be brought back."
  Pop $DataBox
  ${If} $DeleteData = 1
    ${NSD_Check} $DataBox
  ${EndIf}
  GetDlgItem $0 $HWNDPARENT 1
  SendMessage $0 ${WM_SETTEXT} 0 "STR:Remove"
  nsDialogs::Show
FunctionEnd

Function un.NoteAnswer
  ${NSD_GetState} $DataBox $DeleteData
FunctionEnd

; What comtypes, by which the voices of Windows speak, keeps for each program.
Function un.ClearCache
  FindFirst $0 $1 "$TEMP\comtypes_cache\*"
  ${DoUntil} $1 == ""
    ${WordFind} "$1" "-" "+1" $2
    ${If} $2 == "${PROGRAM}"
    ${OrIf} $2 == "${TERMINAL_PROGRAM}"
      RMDir /r "$TEMP\comtypes_cache\$1"
    ${EndIf}
    FindNext $0 $1
  ${Loop}
  FindClose $0
  RMDir "$TEMP\comtypes_cache"
FunctionEnd

Section "Uninstall"
  !include "${WORK}/uninstall.nsh"
  Call un.ClearCache
  ${If} $Upgrading = 1
    Return
  ${EndIf}
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "${START_LINK}"
  Delete "${DESKTOP_LINK}"
  DeleteRegKey HKCU "${ENTRY}"
  ${If} $DeleteData = 1
    RMDir /r "${DATA}"
  ${EndIf}
SectionEnd
