#!/usr/bin/env bash
# Build the part of ECharts that the pages of figures load when somebody points at a chart.
# The built file is committed; this needs npm and is run when the version changes.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
vendor="$here/../../marketplace/static/marketplace/vendor"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here/entry.js" "$work/"
cd "$work"
npm init -y >/dev/null
npm install --ignore-scripts --no-audit --no-fund echarts@6.1.0 zrender@6.1.0 esbuild@0.28.2
node node_modules/esbuild/bin/esbuild entry.js --bundle --minify --format=esm --legal-comments=none \
  --target=chrome87,safari14.1,firefox84 --outfile="$vendor/echarts.js"
cp node_modules/echarts/LICENSE "$vendor/echarts-LICENSE.txt"
cp node_modules/echarts/NOTICE "$vendor/echarts-NOTICE.txt"
