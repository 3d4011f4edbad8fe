#!/usr/bin/env bash
# From checked-out repositories to shipped weights; README.md says what is needed.
set -euo pipefail
if [ $# -lt 2 ]; then
  echo "usage: $0 SOURCES WORK [MINUTES]" >&2
  exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
sources=$(cd "$1" && pwd)
mkdir -p "$2"
work=$(cd "$2" && pwd)
cd "$here"
python3 -m unittest discover .
[ -f "$work/dataset/labels.npz" ] || python3 make_dataset.py --sources "$sources" --work "$work" --words "${WORDS:-4000}"
python3 train.py --work "$work" --minutes "${3:-80}" --batch "${BATCH:-192}"
python3 train_speaker.py --work "$work" --minutes "${SPEAKER_MINUTES:-25}"
python3 make_encoder.py --work "$work"
