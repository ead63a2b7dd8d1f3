; The installer for one user: no administrator, no network. installers.py calls makensis with
;   FOLDER the clinic folder · VERSION · VERSION_OF_FOUR 0.1.0.0 · IDENTITY what it was built from · OUTPUT · ICON
;   SIGN_UNINSTALLER a shell script for the uninstaller, or not defined
; It ends with 0 when done, 1 when the user stopped it, 2 when it refused.

Target amd64-unicode
Unicode true
ManifestDPIAware true
ManifestSupportedOS Win10
RequestExecutionLevel user
SetCompressor /SOLID lzma
SetDateSave off
AllowSkipFiles off
CRCCheck force

!include MUI2.nsh
!include WordFunc.nsh
!include LogicLib.nsh

!define PRODUCT "Infusion Assistant"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\nurse-app"
!define RECORDS "$LOCALAPPDATA\nurse-app"
!define TRAINING "$LOCALAPPDATA\nurse-app-training"
; The byte that the running program locks in its data folder (nurse_app/store/data_folder.py).
!define LOCKED_BYTE 1048576

Name "${PRODUCT} ${VERSION}"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\nurse-app"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
BrandingText "nurse-app ${VERSION} (${IDENTITY})"
Icon "${ICON}"
UninstallIcon "${ICON}"
!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"

VIProductVersion "${VERSION_OF_FOUR}"
VIAddVersionKey /LANG=0 "ProductName" "${PRODUCT}"
VIAddVersionKey /LANG=0 "FileDescription" "${PRODUCT} setup"
VIAddVersionKey /LANG=0 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "ProductVersion" "${VERSION} (${IDENTITY})"
VIAddVersionKey /LANG=0 "LegalCopyright" "Apache-2.0"

!ifdef SIGN_UNINSTALLER
  !uninstfinalize `sh "${SIGN_UNINSTALLER}" "%1"`
!endif

!define MUI_WELCOMEPAGE_TEXT "It installs ${PRODUCT} ${VERSION} for you alone, without an administrator and without a network.$\r$\n$\r$\nThe records of visits lie outside the program's folder and stay as they are.$\r$\n$\r$\nBuilt from: ${IDENTITY}."
!define MUI_FINISHPAGE_TEXT "Start it from the Start menu. To look around with made-up patients, choose “${PRODUCT} training” there."
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_TOP "The program is removed. The records stay where they are: ${RECORDS}"
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

!macro Refuse SENTENCE
  ; Silent: nobody to read a box; the exit code says it, and the sentence goes to whoever captures the output.
  IfSilent +2
  MessageBox MB_OK|MB_ICONSTOP "${SENTENCE}"
  SetErrorLevel 2
  Quit
!macroend

!macro RefuseWhenRunning PREFIX
Function ${PREFIX}RefuseLocked
  ; On the stack: a data folder. The lock is asked for as the program itself asks; a program that was killed has none.
  Pop $0
  ${If} ${FileExists} "$0\.lock"
    ClearErrors
    FileOpen $1 "$0\.lock" a
    ${If} ${Errors}
      !insertmacro Refuse "The records in $0 are in use. End the program first, then run this again."
    ${EndIf}
    System::Call 'kernel32::LockFile(p r1, i ${LOCKED_BYTE}, i 0, i 1, i 0) i .r2'
    FileClose $1
    ${If} $2 = 0
      !insertmacro Refuse "The program is running. Finish the visit and end the program first, then run this again."
    ${EndIf}
  ${EndIf}
FunctionEnd

Function ${PREFIX}RefuseWhenRunning
  Push "${RECORDS}"
  Call ${PREFIX}RefuseLocked
  Push "${TRAINING}"
  Call ${PREFIX}RefuseLocked
  ; With a data folder of its own choice it is found by its program file: Windows lets nobody write to a running one.
  FindFirst $3 $4 "$INSTDIR\versions\*.*"
  ${DoWhile} $4 != ""
    ${If} ${FileExists} "$INSTDIR\versions\$4\nurse-app.exe"
      ClearErrors
      FileOpen $1 "$INSTDIR\versions\$4\nurse-app.exe" a
      ${If} ${Errors}
        !insertmacro Refuse "The program is running. Finish the visit and end the program first, then run this again."
      ${EndIf}
      FileClose $1
    ${EndIf}
    FindNext $3 $4
  ${Loop}
  FindClose $3
FunctionEnd
!macroend
!insertmacro RefuseWhenRunning ""
!insertmacro RefuseWhenRunning "un."

Function .onInit
  ; The version in use, which an update from a stick may have moved on since the last installer.
  ${If} ${FileExists} "$INSTDIR\current"
    FileOpen $0 "$INSTDIR\current" r
    FileRead $0 $1
    FileClose $0
    ${WordReplace} "$1" "$\n" "" "+" $1
    ${WordReplace} "$1" "$\r" "" "+" $1
    ${VersionCompare} "$1" "${VERSION}" $2
    ${If} $2 = 1
      !insertmacro Refuse "Version $1 is installed, which is newer than ${VERSION}. To go back, open Help in the program and look for “Update and going back”."
    ${EndIf}
  ${EndIf}
  Call RefuseWhenRunning
FunctionEnd

Section "Install"
  SetOutPath "$INSTDIR\versions"
  ; Files of a broken try at the same version must not stay among the new ones.
  RMDir /r "$INSTDIR\versions\${VERSION}"
  File /r "${FOLDER}/versions/${VERSION}"
  SetOutPath "$INSTDIR"
  File "${FOLDER}/nurse-app.exe"
  File "${FOLDER}/nurse-app.com"
  File "${FOLDER}/nurse-app-training.cmd"
  File "${FOLDER}/START HERE.txt"
  File "${FOLDER}/LICENSE"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  ; Last: until here whatever was installed before is what starts.
  File "${FOLDER}/current"

  CreateShortcut "$SMPROGRAMS\${PRODUCT}.lnk" "$INSTDIR\nurse-app.exe"
  CreateShortcut "$SMPROGRAMS\${PRODUCT} training.lnk" "$INSTDIR\nurse-app.exe" "--training"
  WriteRegStr HKCU "${KEY}" "DisplayName" "${PRODUCT}"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\nurse-app.exe"
  WriteRegStr HKCU "${KEY}" "Comments" "${IDENTITY}"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  SectionGetSize 0 $0
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" $0
SectionEnd

Function un.onInit
  ${IfNot} ${FileExists} "$INSTDIR\current"
    !insertmacro Refuse "$INSTDIR does not look like the program's folder. Nothing is removed."
  ${EndIf}
  Call un.RefuseWhenRunning
FunctionEnd

Section "Uninstall"
  RMDir /r "$INSTDIR\versions"
  Delete "$INSTDIR\nurse-app.exe"
  Delete "$INSTDIR\nurse-app.com"
  Delete "$INSTDIR\nurse-app-training.cmd"
  Delete "$INSTDIR\START HERE.txt"
  Delete "$INSTDIR\LICENSE"
  Delete "$INSTDIR\current"
  Delete "$INSTDIR\uninstall.exe"
  ; Only when nothing of somebody else's is in it.
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${PRODUCT}.lnk"
  Delete "$SMPROGRAMS\${PRODUCT} training.lnk"
  DeleteRegKey HKCU "${KEY}"
  ${If} ${FileExists} "${RECORDS}\*.*"
    IfSilent +2
    MessageBox MB_OK|MB_ICONINFORMATION "The program is removed. The records stay in ${RECORDS}. Keep them as long as your rules for patient records say."
  ${EndIf}
SectionEnd
