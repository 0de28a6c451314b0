import type { LintProblem } from '@haidang/contracts/rule-library'
import { useLingui } from '@lingui/react/macro'
import { CircleX, TriangleAlert } from 'lucide-react'

interface LintProblemsProps {
  readonly problems: readonly LintProblem[]
  /** Given, a problem with a line leads to it. */
  readonly onLine?: (line: number, column: number) => void
}

/** What is wrong with texts of rules: errors first, each with its place. */
export function LintProblems({ problems, onLine }: LintProblemsProps) {
  const sorted = problems.toSorted((a, b) => rank(a) - rank(b) || (a.line ?? 0) - (b.line ?? 0))
  return (
    <ul className="divide-y divide-line text-13">
      {sorted.map((problem) => (
        <li
          key={`${problem.level} ${problem.path} ${problem.line} ${problem.column} ${problem.cause}`}
          className="flex items-start gap-2 py-1.5"
        >
          <LevelMark level={problem.level} />
          <span className="min-w-0 flex-1 break-words">{problem.cause}</span>
          <Place problem={problem} onLine={onLine} />
        </li>
      ))}
    </ul>
  )
}

function rank({ level }: LintProblem): number {
  return level === 'error' ? 0 : 1
}

/** Error or warning, in shape and word. */
export function LevelMark({ level }: Pick<LintProblem, 'level'>) {
  const { t } = useLingui()
  return level === 'error' ? (
    <CircleX aria-label={t`Lỗi`} className="mt-0.5 size-4 shrink-0 text-critical" />
  ) : (
    <TriangleAlert aria-label={t`Cảnh báo`} className="mt-0.5 size-4 shrink-0 text-medium" />
  )
}

interface PlaceProps {
  readonly problem: LintProblem
  readonly onLine: LintProblemsProps['onLine']
}

function Place({ problem: { path, line, column }, onLine }: PlaceProps) {
  const { t } = useLingui()
  const style = 'shrink-0 font-mono text-12'
  if (onLine) {
    return line === null ? null : (
      <button
        type="button"
        onClick={() => onLine(line, column ?? 1)}
        className={`${style} min-h-6 text-accent hover:underline`}
      >
        {t`dòng ${line}`}
      </button>
    )
  }
  const place = line === null ? path : `${path}:${line}:${column ?? 1}`
  return <span className={`${style} max-w-[50%] break-all text-ink-3`}>{place}</span>
}
