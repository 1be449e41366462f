"""Keeps openpyxl loaded for a test file: hand.py REQUESTS ANSWERS reads `[script, argument...]`, a JSON line each, from one named pipe,
runs the script in a process forked off, and writes `{"status", "out"}` to the other. Ends when its standard input does."""
import json, os, runpy, sys, tempfile, threading, traceback, warnings
import openpyxl, openpyxl.chart, openpyxl.worksheet.table

warnings.simplefilter('ignore')
requests, answers = sys.argv[1:]
asker = os.fdopen(os.dup(0))
threading.Thread(target=lambda: (asker.read(), os._exit(0)), daemon=True).start()


def run(script, arguments, out):
    os.dup2(out.fileno(), 1)
    os.dup2(out.fileno(), 2)
    sys.argv = [script, *arguments]
    status = 0
    try:
        runpy.run_path(script, run_name='__main__')
    except SystemExit as end:
        status = 0 if end.code is None else 1
        if status: print(end.code)
    except BaseException:
        traceback.print_exc()
        status = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


while True:
    with open(requests) as asked:
        line = asked.readline()
    script, *arguments = json.loads(line)
    with tempfile.TemporaryFile('w+') as out:
        child = os.fork()
        if child == 0:
            run(script, arguments, out)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        out.seek(0)
        with open(answers, 'w') as told:
            json.dump({'status': status, 'out': out.read()}, told, ensure_ascii=False)
