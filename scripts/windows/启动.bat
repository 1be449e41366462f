@echo off
"%~dp0node\node.exe" --env-file="%~dp0mail.env" "%~dp0program\dist\desktop.js" start "%~1"
"%~dp0node\node.exe" --env-file="%~dp0mail.env" "%~dp0program\dist\desktop.js" console
pause
