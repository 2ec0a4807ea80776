#!/usr/bin/env bash
# Makes frontend/plotly-2d.min.js: plotly.js with the traces a 2-D map has and no others, 1.4 MB instead of 4.8.
# Run it when the plotly package is upgraded: ./build_plotly_2d.sh VERSION, the version of its plotly.js (a test holds the two
# together, and `python -c "import plotly.offline as o; print(o.get_plotlyjs_version())"` prints it). Needs npm.
set -euo pipefail
version=${1:?"usage: $0 VERSION"}
target="$(cd "$(dirname "$0")" && pwd)/frontend/plotly-2d.min.js"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm install --ignore-scripts --no-audit --no-fund "plotly.js@$version" esbuild@0.28.1 buffer@6.0.3
cat > entry.js <<'JS'
const Plotly = require("plotly.js/lib/core"); // with "scatter"
Plotly.register([require("plotly.js/lib/scattergl")]);
module.exports = Plotly;
JS
{
    printf '/*!\n* plotly.js (scatter, scattergl - minified) v%s, made by build_plotly_2d.sh\n' "$version"
    # The header of the published files, but for its first line, which names their bundle.
    sed -n '3,/\*\//p' node_modules/plotly.js/dist/plotly-gl2d.min.js
    npx esbuild entry.js --bundle --minify --format=iife --global-name=Plotly --target=es2020 \
        --alias:regl=@plotly/regl --define:global=window --loader:.css=empty
} > "$target.new"
mv "$target.new" "$target"
