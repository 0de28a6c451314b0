import { Severity } from '@haidang/contracts/severity'
import { useLingui } from '@lingui/react/macro'
import { lazy, Suspense, useMemo, useState } from 'react'
import { dateTime, nowMilliseconds } from '../format/instant.ts'
import { useWords } from '../language/use-words.ts'
import { Scrolled } from './scrolled.tsx'
import { SeverityMark } from './severity.tsx'
import { type Stack, stackOf } from './stack.ts'

const Plot = lazy(async () => ({ default: (await import('./histogram-plot.tsx')).HistogramPlot }))

interface Bucket {
  readonly start: string
  readonly severity: Severity
  readonly count: number
}

interface HistogramProps {
  readonly label: string
  readonly buckets: readonly Bucket[]
  readonly bucketSeconds: number
  readonly from: number
  readonly to: number
  readonly height?: number
  /** Called with the range dragged over, in milliseconds since the epoch. */
  readonly onZoom?: ((from: number, to: number) => void) | undefined
}

/** Counts over time by severity; the same numbers as a table at a press. */
export function Histogram(props: HistogramProps) {
  const { t } = useLingui()
  const { number } = useWords()
  const [table, setTable] = useState(false)
  const stack = useMemo(
    () => stackOf(props.buckets, props.from, props.to || nowMilliseconds(), props.bucketSeconds),
    [props.buckets, props.from, props.to, props.bucketSeconds],
  )
  const height = props.height ?? 96
  const present = Severity.options.toReversed().filter((severity) => stack.totals[severity] > 0)
  return (
    <figure aria-label={props.label} className="min-w-0">
      {table ? (
        <HistogramTable stack={stack} label={props.label} />
      ) : (
        <div style={{ height }}>
          <Suspense fallback={null}>
            <Plot stack={stack} height={height} onZoom={props.onZoom} />
          </Suspense>
        </div>
      )}
      <figcaption className="flex flex-wrap items-center gap-x-4 gap-y-1 pt-1 text-12 text-ink-2">
        {present.map((severity) => (
          <span key={severity} className="inline-flex items-center gap-1.5">
            <SeverityMark severity={severity} word />
            {number(stack.totals[severity])}
          </span>
        ))}
        <button
          type="button"
          aria-pressed={table}
          onClick={() => setTable(!table)}
          className="ml-auto min-h-6 text-ink-2 underline decoration-line-strong underline-offset-2 hover:text-ink"
        >
          {table ? t`Xem dạng biểu đồ` : t`Xem dạng bảng`}
        </button>
      </figcaption>
    </figure>
  )
}

function HistogramTable({ stack, label }: { stack: Stack; label: string }) {
  const { t } = useLingui()
  const { label: word, number } = useWords()
  const filled = stack.rows.filter(({ total }) => total > 0)
  const levels = Severity.options.toReversed()
  return (
    <Scrolled label={label} className="max-h-52 overflow-auto">
      <table className="w-full text-12">
        <thead className="sticky top-0 bg-bg text-left text-ink-3">
          <tr>
            <th className="py-1 pr-3 font-medium">{t`Từ lúc`}</th>
            {levels.map((severity) => (
              <th key={severity} className="py-1 pl-3 text-right font-medium">
                {word('severity', severity)}
              </th>
            ))}
            <th className="py-1 pl-3 text-right font-medium">{t`Tổng`}</th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {filled.map((row) => (
            <tr key={row.start}>
              <th scope="row" className="py-1 pr-3 text-left font-normal">
                {dateTime(row.instant)}
              </th>
              {levels.map((severity) => (
                <td key={severity} className="py-1 pl-3 text-right">
                  {number(row.counts[severity])}
                </td>
              ))}
              <td className="py-1 pl-3 text-right font-medium">{number(row.total)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolled>
  )
}
