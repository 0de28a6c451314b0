import { Severity } from '@haidang/contracts/severity'
import { useEffect, useRef } from 'react'
import Plot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { clockTime, dateTime, instantOf, nowMilliseconds } from '../format/instant.ts'
import { useWords } from '../language/use-words.ts'
import { useTheme } from '../theme/theme.ts'
import type { Stack } from './stack.ts'

const fills: Record<Severity, string> = {
  critical: '--critical-fill',
  high: '--high-fill',
  medium: '--medium-fill',
  low: '--low-fill',
  informational: '--neutral-fill',
}

interface HistogramPlotProps {
  readonly stack: Stack
  readonly height: number
  readonly onZoom?: ((from: number, to: number) => void) | undefined
}

/** The worst level at the foot of the bar, where it is never hidden by the many small ones. */
const levels = Severity.options.toReversed()

function dataOf(stack: Stack): Plot.AlignedData {
  const sums = stack.rows.map(() => 0)
  const series = levels.map((severity) =>
    stack.rows.map(({ counts }, index) => {
      const sum = (sums[index] ?? 0) + counts[severity]
      sums[index] = sum
      return sum
    }),
  )
  // Drawn back to front: the tallest sum first.
  return [stack.rows.map(({ start }) => start / 1000), ...series.toReversed()]
}

/** Stacked bars of time, drawn on a canvas; drag to zoom. */
export function HistogramPlot({ stack, height, onZoom }: HistogramPlotProps) {
  const frame = useRef<HTMLDivElement>(null)
  const theme = useTheme()
  const { compact } = useWords()
  const zoom = useRef(onZoom)
  zoom.current = onZoom
  useEffect(() => {
    const element = frame.current
    if (!element) return
    const colour = (name: string) => getComputedStyle(element).getPropertyValue(name)
    const axis = {
      stroke: colour('--ink-3'),
      font: '11px "Be Vietnam Pro"',
      ticks: { show: false },
    }
    const bars = Plot.paths.bars?.({ size: [0.82, 28], align: 1, gap: 1 })
    const long = stack.rows.length * stack.bucketSeconds > 2 * 86_400
    const plot = new Plot(
      {
        width: element.clientWidth,
        height,
        padding: [6, 18, 0, 0],
        legend: { show: false },
        cursor: {
          y: false,
          points: { show: false },
          drag: { x: Boolean(zoom.current), y: false, setScale: false },
        },
        scales: {
          // To the end of the last bucket: what just happened is drawn there.
          x: { range: (_, min, max) => [min, max + stack.bucketSeconds] },
          y: { range: (_, __, max) => [0, Math.max(4, max * 1.05)] },
        },
        axes: [
          {
            ...axis,
            size: 20,
            gap: 2,
            grid: { show: false },
            space: 72,
            values: (_, splits) => splits.map((at) => tickText(at * 1000, long)),
          },
          {
            ...axis,
            size: 36,
            gap: 4,
            space: 32,
            grid: { stroke: colour('--line'), width: 1 },
            values: (_, splits) =>
              splits.map((value) => (Number.isInteger(value) ? compact(value) : '')),
          },
        ],
        series: [
          {},
          ...levels.toReversed().map((severity) => ({
            fill: colour(fills[severity]),
            width: 0,
            points: { show: false },
            ...(bars ? { paths: bars } : {}),
          })),
        ],
        hooks: {
          setSelect: [
            (drawn) => {
              const from = drawn.posToVal(drawn.select.left, 'x') * 1000
              const to = drawn.posToVal(drawn.select.left + drawn.select.width, 'x') * 1000
              if (drawn.select.width > 4) zoom.current?.(from, to)
              drawn.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false)
            },
          ],
          setCursor: [(drawn) => describe(drawn, element, stack)],
        },
      },
      dataOf(stack),
      element,
    )
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }))
    observer.observe(element)
    return () => {
      observer.disconnect()
      plot.destroy()
    }
  }, [stack, height, theme, compact])
  return <div ref={frame} aria-hidden="true" className="size-full" />
}

function tickText(at: number, long: boolean): string {
  const text = dateTime(instantOf(at))
  return long ? text.slice(0, 5) : clockTime(instantOf(at), nowMilliseconds()).slice(-8, -3)
}

/** What the pointer is over, as the element's title: time and count. */
function describe(plot: Plot, element: HTMLElement, stack: Stack): void {
  const row = stack.rows[plot.cursor.idx ?? -1]
  element.title = row ? `${dateTime(row.instant)} · ${row.total}` : ''
}
