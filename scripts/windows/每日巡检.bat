@echo off
"%~dp0node\node.exe" --env-file="%~dp0mail.env" "%~dp0program\dist\desktop.js" daily >> "%~dp0daily.log" 2>&1
