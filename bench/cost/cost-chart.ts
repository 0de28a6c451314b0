/** What one event costs at one size and number of sources. */
export interface CostCell {
  readonly bytes: number
  readonly sources: number
  /** Microseconds of CPU an event, by part of a station and in all. */
  readonly us: {
    readonly program: number
    readonly events: number
    readonly database: number
    readonly total: number
  }
}

interface Series {
  readonly name: string
  /** What stands on the axis below, and microseconds. */
  readonly points: readonly { readonly x: number; readonly y: number }[]
}

interface Panel {
  readonly title: string
  readonly axis: string
  readonly left: number
  readonly series: readonly Series[]
  readonly tick: (x: number) => string
}

const size = { width: 920, height: 400 }
const plot = { top: 96, width: 340, height: 232 }
const style = `
  text { font: 12px system-ui, sans-serif; fill: #3f4650 }
  .title { font-size: 14px; font-weight: 600; fill: #16191d }
  .grid { stroke: #d9dde2 } .axis { stroke: #79828d }
  .s0 { --c: #0b62a4 } .s1 { --c: #b04a00 } .s2 { --c: #1c7a4a } .s3 { --c: #7d3a9c }
  path { fill: none; stroke: var(--c); stroke-width: 2 }
  .mark { fill: var(--c); stroke: none }
  .ground { fill: #ffffff }
  @media (prefers-color-scheme: dark) {
    text { fill: #b9c1ca } .title { fill: #eef1f4 }
    .grid { stroke: #2f363e } .axis { stroke: #7c8794 }
    .s0 { --c: #5fb0f0 } .s1 { --c: #f0914d } .s2 { --c: #56c48c } .s3 { --c: #c58be0 }
    .ground { fill: #14181c }
  }`

/** Draws microseconds an event against size and against number of sources: an SVG for light and dark pages. */
export function costChart(cells: readonly CostCell[]): string {
  const highest = ceiling(Math.max(...cells.map(({ us }) => us.total)))
  const panels = [panelOf(cells, 'bytes', 'sources'), panelOf(cells, 'sources', 'bytes')].map(
    (panel) => panelSvg(panel, highest),
  )
  const summary = 'Microseconds of CPU one event costs, by its size and by the number of sources'
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${summary}">
<style>${style}
</style>
<rect class="ground" width="${size.width}" height="${size.height}"/>
${panels.join('\n')}
</svg>
`
}

type Dimension = 'bytes' | 'sources'

const shown: Record<Dimension, (value: number) => string> = {
  bytes: (value) => (value < 1_000 ? `${value} B` : `${value / 1_000} kB`),
  sources: (value) => value.toLocaleString('en'),
}

function panelOf(cells: readonly CostCell[], along: Dimension, by: Dimension): Panel {
  const lines = Map.groupBy(cells, (cell) => cell[by])
  const unit =
    by === 'sources' ? (value: number) => (value === 1 ? ' source' : ' sources') : () => ''
  return {
    title: `µs of CPU an event, by ${along === 'bytes' ? 'size' : 'number of sources'}`,
    axis: along === 'bytes' ? 'bytes of an event' : 'sources that send',
    left: along === 'bytes' ? 60 : 60 + size.width / 2,
    tick: shown[along],
    series: [...lines].map(([value, own]) => ({
      name: `${shown[by](value)}${unit(value)}`,
      points: own.map((cell) => ({ x: cell[along], y: cell.us.total })),
    })),
  }
}

function panelSvg({ title, axis, left, series, tick }: Panel, highest: number): string {
  const xs = [...new Set(series.flatMap(({ points }) => points.map(({ x }) => x)))]
  const [least, most] = [Math.min(...xs), Math.max(...xs)]
  const across = (x: number) =>
    left + (plot.width * Math.log(x / least)) / Math.log(Math.max(most / least, 1.01))
  const bottom = plot.top + plot.height
  const up = (y: number) => bottom - (plot.height * y) / highest
  const right = left + plot.width
  const steps = [0, 1, 2, 3, 4].map((part) => (highest * part) / 4)
  return [
    text(left - 40, 28, title, 'class="title"'),
    ...series.map(({ name }, n) =>
      legend(left - 40 + (n % 2) * 150, 50 + Math.floor(n / 2) * 20, name, n),
    ),
    ...steps.map(
      (y) =>
        line(left, up(y), right, up(y), y === 0 ? 'axis' : 'grid') +
        text(left - 8, up(y) + 4, String(y), 'text-anchor="end"'),
    ),
    ...xs.map((x) => text(across(x), bottom + 20, tick(x), 'text-anchor="middle"')),
    text(left + plot.width / 2, bottom + 44, axis, 'text-anchor="middle"'),
    ...series.map(({ points }, n) => {
      const way = points.map(({ x, y }) => `${round(across(x))} ${round(up(y))}`)
      const marks = points.map(({ x, y }) => mark(across(x), up(y), n))
      return `<g class="s${n}"><path d="M${way.join('L')}"/>${marks.join('')}</g>`
    }),
  ].join('\n')
}

function legend(x: number, y: number, name: string, n: number): string {
  return `<g class="s${n}">${mark(x + 6, y, n)}</g>${text(x + 18, y + 4, name)}`
}

/** A shape of its own for each line, so that colour is not all that tells them apart. */
function mark(x: number, y: number, n: number): string {
  const shapes = [
    'M-4 0A4 4 0 1 0 4 0A4 4 0 1 0-4 0',
    'M-4-4H4V4H-4Z',
    'M0-5L5 4H-5Z',
    'M0-6L6 0 0 6-6 0Z',
  ]
  return `<path class="mark" d="${shapes[n % shapes.length]}" transform="translate(${round(x)} ${round(y)})"/>`
}

function text(x: number, y: number, content: string, more = ''): string {
  return `<text x="${round(x)}" y="${round(y)}" ${more}>${content}</text>`
}

function line(x1: number, y1: number, x2: number, y2: number, name: string): string {
  return `<line class="${name}" x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}"/>`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

/** The next of 1, 2, 4 and 8 times a power of ten. */
function ceiling(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)))
  return power * ([1, 2, 4, 8].find((step) => step * power >= value) ?? 10)
}
