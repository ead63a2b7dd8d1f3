/*
 * Starts the version of the program that the file "current" names, with every argument as it was given.
 *   nurse-app.exe [arguments]               the version in use
 *   nurse-app.exe --previous [arguments]    the version before, for when a new one does not start
 * A copy of this file with "before" in its name does the same as --previous.
 * Without a usable "current" it takes the newest version that is whole. packaging/linux/starter.sh does all this alike.
 *
 * x86_64-w64-mingw32-gcc -O2 -Wall -Wextra -Werror -municode -mwindows starter.c [icon.o] -o nurse-app.exe -luser32
 * The same with -mconsole as nurse-app.com is what a console starts for "nurse-app", and then waits for.
 *
 * The program itself is made for a console, so that its commands can print. Started from one, it prints there; started
 * by a click, it gets none, and what has to be said is said in a box.
 */
#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

#define PROGRAM L"nurse-app.exe"
#define TITLE L"Infusion assistant"
#define LONGEST 32768
#define NUMBERS 3
#define DIGITS 4
#define ENDED_BADLY 1

typedef struct {
    int number[NUMBERS];
} version_t;

static wchar_t self[LONGEST], here[LONGEST];

/* To the console or the file that listens; to a person who clicked, in a box. */
static void say(const wchar_t *sentence)
{
    HANDLE out = GetStdHandle(STD_ERROR_HANDLE);
    DWORD mode, written;
    if (out != NULL && out != INVALID_HANDLE_VALUE) {
        if (GetConsoleMode(out, &mode)) {
            WriteConsoleW(out, sentence, (DWORD)wcslen(sentence), &written, NULL);
            WriteConsoleW(out, L"\r\n", 2, &written, NULL);
            return;
        }
        char text[4096];
        int length = WideCharToMultiByte(CP_UTF8, 0, sentence, -1, text, sizeof text - 2, NULL, NULL);
        if (length > 0) {
            memcpy(text + length - 1, "\r\n", 2);
            if (WriteFile(out, text, (DWORD)length + 1, &written, NULL))
                return;
        }
    }
    MessageBoxW(NULL, sentence, TITLE, MB_OK | MB_ICONWARNING | MB_SETFOREGROUND);
}

/* Three numbers, written in the one way that there is. */
static int read_version(const wchar_t *text, version_t *version)
{
    for (int place = 0; place < NUMBERS; place++) {
        const wchar_t *start = text;
        int number = 0;
        while (*text >= L'0' && *text <= L'9' && text - start < DIGITS)
            number = number * 10 + (*text++ - L'0');
        if (text == start || (*start == L'0' && text - start > 1))
            return 0;
        if (*text != (place < NUMBERS - 1 ? L'.' : L'\0'))
            return 0;
        version->number[place] = number;
        text++;
    }
    return 1;
}

static int compare(const version_t *one, const version_t *other)
{
    for (int place = 0; place < NUMBERS; place++)
        if (one->number[place] != other->number[place])
            return one->number[place] < other->number[place] ? -1 : 1;
    return 0;
}

static void program_of(const version_t *version, wchar_t *path)
{
    const int *number = version->number;
    _snwprintf(path, LONGEST - 1, L"%ls\\versions\\%d.%d.%d\\" PROGRAM, here, number[0], number[1], number[2]);
    path[LONGEST - 1] = L'\0';
}

/* A version has its name only when all of it is there. */
static int is_whole(const version_t *version)
{
    static wchar_t path[LONGEST];
    program_of(version, path);
    DWORD found = GetFileAttributesW(path);
    return found != INVALID_FILE_ATTRIBUTES && !(found & FILE_ATTRIBUTE_DIRECTORY);
}

/* The newest whole version that is older than "limit"; without a limit the newest of all. */
static int newest(const version_t *limit, version_t *best)
{
    static wchar_t pattern[LONGEST];
    WIN32_FIND_DATAW item;
    int found = 0;
    _snwprintf(pattern, LONGEST - 1, L"%ls\\versions\\*", here);
    HANDLE search = FindFirstFileW(pattern, &item);
    if (search == INVALID_HANDLE_VALUE)
        return 0;
    do {
        version_t version;
        if (!read_version(item.cFileName, &version) || !is_whole(&version))
            continue;
        if (limit != NULL && compare(&version, limit) >= 0)
            continue;
        if (!found || compare(&version, best) > 0)
            *best = version;
        found = 1;
    } while (FindNextFileW(search, &item));
    FindClose(search);
    return found;
}

/* What the first line of "current" names. */
static int read_current(version_t *version)
{
    static wchar_t path[LONGEST];
    char text[64];
    wchar_t line[64];
    DWORD length = 0;
    int from = 0, to = 0;
    _snwprintf(path, LONGEST - 1, L"%ls\\current", here);
    HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                              OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, NULL);
    if (file == INVALID_HANDLE_VALUE)
        return 0;
    if (!ReadFile(file, text, sizeof text - 1, &length, NULL))
        length = 0;
    CloseHandle(file);
    text[length] = '\0';
    while (text[from] == ' ' || text[from] == '\t')
        from++;
    while (text[from] > ' ')
        line[to++] = (wchar_t)text[from++];
    line[to] = L'\0';
    return read_version(line, version);
}

/* Behind the first argument, as the C library of Windows would split it: quotes count, backslashes do not. */
static const wchar_t *behind_first(const wchar_t *line)
{
    int quoted = 0;
    for (; *line != L'\0' && (quoted || (*line != L' ' && *line != L'\t')); line++)
        if (*line == L'"')
            quoted = !quoted;
    while (*line == L' ' || *line == L'\t')
        line++;
    return line;
}

static const wchar_t *behind_word(const wchar_t *line, const wchar_t *word)
{
    size_t length = wcslen(word);
    if (wcsncmp(line, word, length) != 0)
        return NULL;
    line += length;
    if (*line != L'\0' && *line != L' ' && *line != L'\t')
        return NULL;
    while (*line == L' ' || *line == L'\t')
        line++;
    return line;
}

static int is_given(HANDLE handle)
{
    return handle != NULL && handle != INVALID_HANDLE_VALUE;
}

/* The program with the same console, files and pipes; how it ended. */
static DWORD run(const wchar_t *program, wchar_t *line, int has_console)
{
    STARTUPINFOW start;
    PROCESS_INFORMATION process;
    DWORD ended = ENDED_BADLY;
    GetStartupInfoW(&start);
    start.lpReserved = NULL;
    start.cbReserved2 = 0;
    start.lpReserved2 = NULL;
    start.dwFlags &= ~(DWORD)STARTF_USESTDHANDLES;
    HANDLE given[] = {GetStdHandle(STD_INPUT_HANDLE), GetStdHandle(STD_OUTPUT_HANDLE), GetStdHandle(STD_ERROR_HANDLE)};
    if (is_given(given[0]) || is_given(given[1]) || is_given(given[2])) {
        for (int place = 0; place < 3; place++)
            if (is_given(given[place]))
                SetHandleInformation(given[place], HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT);
        start.dwFlags |= STARTF_USESTDHANDLES;
        start.hStdInput = given[0];
        start.hStdOutput = given[1];
        start.hStdError = given[2];
    }
    if (!CreateProcessW(program, line, NULL, NULL, TRUE, has_console ? 0 : CREATE_NO_WINDOW, NULL, NULL, &start,
                        &process)) {
        static wchar_t sentence[LONGEST + 128];
        _snwprintf(sentence, LONGEST + 127, L"%ls could not be started (Windows error %lu). Copy the whole folder again, "
                   L"or start “nurse-app --previous”.", program, GetLastError());
        say(sentence);
        return ENDED_BADLY;
    }
    AllowSetForegroundWindow(process.dwProcessId);
    WaitForSingleObject(process.hProcess, INFINITE);
    GetExitCodeProcess(process.hProcess, &ended);
    CloseHandle(process.hThread);
    CloseHandle(process.hProcess);
    return ended;
}

/* A press of Ctrl+C is for the program; the starter waits for what comes of it. */
static BOOL WINAPI leave_to_program(DWORD event)
{
    (void)event;
    return TRUE;
}

int WINAPI wWinMain(HINSTANCE instance, HINSTANCE before, PWSTR unused, int show)
{
    static wchar_t program[LONGEST], line[LONGEST * 2], sentence[LONGEST + 256];
    version_t in_use, version;
    (void)instance, (void)before, (void)unused, (void)show;

    DWORD length = GetModuleFileNameW(NULL, self, LONGEST);
    wchar_t *name = length > 0 && length < LONGEST ? wcsrchr(self, L'\\') : NULL;
    if (name == NULL)
        return ENDED_BADLY;
    wcsncpy(here, self, (size_t)(name - self));
    name++;

    /* Whoever typed the command sees its answers; files and pipes that were given stay as they are. */
    int has_console = AttachConsole(ATTACH_PARENT_PROCESS) || GetLastError() == ERROR_ACCESS_DENIED;
    SetConsoleCtrlHandler(leave_to_program, TRUE);

    if (!read_current(&in_use) || !is_whole(&in_use)) {
        if (!newest(NULL, &in_use)) {
            _snwprintf(sentence, LONGEST + 255,
                       L"%ls holds no whole version of the program. Copy the whole folder again.", here);
            say(sentence);
            return ENDED_BADLY;
        }
        _snwprintf(sentence, LONGEST + 255,
                   L"The file %ls\\current does not name a version that is there. Version %d.%d.%d is started, the "
                   L"newest one.", here, in_use.number[0], in_use.number[1], in_use.number[2]);
        say(sentence);
    }

    const wchar_t *tail = behind_first(GetCommandLineW());
    const wchar_t *behind = behind_word(tail, L"--previous");
    version = in_use;
    if (behind != NULL || wcsstr(name, L"before") != NULL) {
        if (behind != NULL)
            tail = behind;
        if (!newest(&in_use, &version)) {
            _snwprintf(sentence, LONGEST + 255, L"There is no version before %d.%d.%d in %ls.", in_use.number[0],
                       in_use.number[1], in_use.number[2], here);
            say(sentence);
            return ENDED_BADLY;
        }
        _snwprintf(sentence, LONGEST + 255,
                   L"Version %d.%d.%d is started. To go on with it, use Go back in its Update page, or: nurse-app "
                   L"--previous update --back", version.number[0], version.number[1], version.number[2]);
        say(sentence);
    }
    program_of(&version, program);
    _snwprintf(line, LONGEST * 2 - 1, L"\"%ls\"%ls%ls", program, *tail ? L" " : L"", tail);
    return (int)run(program, line, has_console);
}
