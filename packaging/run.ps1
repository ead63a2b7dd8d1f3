# Sets up whatever is missing and starts the program, as run.sh does elsewhere:
#   powershell -ExecutionPolicy Bypass -File packaging\run.ps1 [arguments of nurse-app]
$project = Split-Path -Parent $PSScriptRoot
$environment = Join-Path $project '.venv'
$python = Join-Path $environment 'Scripts\python.exe'
$lock = Join-Path $project 'requirements.lock'
$stamp = Join-Path $environment 'set-up-for-requirements.lock'

function Say($text) {
    [Console]::Error.WriteLine($text)
}

function GiveUp($text) {
    Say $text
    exit 1
}

# The command that starts a suitable Python, as a list of its words.
function Find-Python {
    foreach ($words in @('py', '-3.13'), @('py', '-3.12'), @('py', '-3.11'), @('python')) {
        if (Get-Command $words[0] -ErrorAction SilentlyContinue) {
            $options = @($words | Select-Object -Skip 1)
            & $words[0] @options -c "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))" 2>$null
            if ($LASTEXITCODE -eq 0) {
                return $words
            }
        }
    }
    GiveUp 'Python 3.11, 3.12 or 3.13 is needed. Install it for this user, then start again.'
}

$state = "$((Get-FileHash -Algorithm SHA256 $lock -ErrorAction Stop).Hash) $project"
if (-not (Test-Path $python) -or -not (Test-Path $stamp) -or (Get-Content $stamp) -ne $state) {
    Say 'Setting up the locked libraries in .venv (about 100 MB to fetch the first time).'
    if (-not (Test-Path $python)) {
        $words = @(Find-Python)
        $options = @($words | Select-Object -Skip 1)
        & $words[0] @options -m venv $environment
        if ($LASTEXITCODE -ne 0) {
            GiveUp "The folder $environment could not be made."
        }
    }
    & $python -m pip install --quiet --disable-pip-version-check --no-input --only-binary :all: --require-hashes --requirement $lock
    if ($LASTEXITCODE -ne 0) {
        GiveUp 'The libraries could not be installed. Check the network and the free space, then start again.'
    }
    & $python -c "import pathlib, sys, sysconfig; pathlib.Path(sysconfig.get_path('purelib'), 'nurse-app-here.pth').write_text(sys.argv[1] + '\n')" $project
    if ($LASTEXITCODE -ne 0) {
        GiveUp "The folder $environment could not be written."
    }
    Set-Content -Path $stamp -Value $state
}
& $python -P -m nurse_app @args
exit $LASTEXITCODE
