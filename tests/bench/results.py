"""How the benchmarks in Python say a figure: as results.mjs does."""
import json
import os


def say(identity, figure, measured, budget='', met=None):
    print(f"{identity:4} {figure:62} {measured:34} {budget:14} {'' if met is None else 'met' if met else 'MISSED'}", flush=True)
    if os.environ.get('KEYBEARER_BENCH_RESULTS'):
        with open(os.environ['KEYBEARER_BENCH_RESULTS'], 'a', encoding='utf-8') as file:
            line = {'id': identity, 'figure': figure, 'measured': measured, 'beside': '', 'budget': budget, 'met': met}
            file.write(json.dumps({name: value for name, value in line.items() if value is not None}) + '\n')
