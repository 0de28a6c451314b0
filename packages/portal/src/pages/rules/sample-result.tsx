import type { SampleTestResult, TrialMiss } from '@haidang/contracts/rule-library'
import { useLingui } from '@lingui/react/macro'
import { ChevronRight } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { Matches } from '../../components/matches.tsx'
import { Pill } from '../../components/pill.tsx'
import { useWords } from '../../language/use-words.ts'
import { cn } from '../../theme/cn.ts'
import { logsourceText } from './rule-state.tsx'

interface ResultProps {
  readonly result: SampleTestResult
  readonly lines: readonly string[]
  /** The condition of the rule that was tried; empty where it is not one line. */
  readonly condition: string
}

type Hit = SampleTestResult['hits'][number]

const shownLines = 200
/** So few records are all told of at once. */
const fewLines = 5

/** What became of each record of a trial: fired and where, not fired and why, or not read. */
export function SampleResult({ result, lines, condition }: ResultProps) {
  const { t } = useLingui()
  const { number } = useWords()
  const hits = Map.groupBy(result.hits, ({ line }) => line ?? 0)
  const misses = Map.groupBy(result.misses, ({ line }) => line)
  const unreadable = new Map(result.unreadable.map(({ line, reason }) => [line, reason]))
  const shown = lines
    .map((text, index) => ({ text, line: index + 1 }))
    .filter(({ text }) => text.trim() !== '')
    .slice(0, shownLines)
  if (result.problems.some(({ level }) => level === 'error')) {
    return (
      <p role="alert" className="pt-3 font-medium text-critical">
        {t`Luật còn lỗi nên chưa thử được.`}
      </p>
    )
  }
  return (
    <div role="status" className="pt-3">
      <p className="font-semibold">
        {t`Nổ ${number(result.fired)} lần trên ${number(result.lines)} bản ghi`}
      </p>
      {condition ? (
        <p className="break-words text-12 text-ink-2">
          {t`Điều kiện của luật:`} <code>{condition}</code>
        </p>
      ) : null}
      <ol className="max-h-128 divide-y divide-line overflow-y-auto">
        {shown.map(({ text, line }) => (
          <SampleLine
            key={line}
            {...{ line, text }}
            hits={hits.get(line) ?? []}
            misses={misses.get(line) ?? []}
            reason={unreadable.get(line)}
            unfolded={line === shown[0]?.line || shown.length <= fewLines}
          />
        ))}
      </ol>
    </div>
  )
}

interface SampleLineProps {
  readonly line: number
  readonly text: string
  readonly hits: readonly Hit[]
  readonly misses: readonly TrialMiss[]
  readonly reason: string | undefined
  readonly unfolded: boolean
}

function SampleLine({ line, text, hits, misses, reason, unfolded }: SampleLineProps) {
  const id = useId()
  const [open, setOpen] = useState(unfolded)
  const told = hits.length > 0 || misses.length > 0
  const head = (
    <>
      <span className="w-8 shrink-0 text-right font-mono text-12 text-ink-3">{line}</span>
      <Verdict fired={hits.length > 0} read={reason === undefined} />
      <code className="min-w-0 truncate text-12 text-ink-2">{text}</code>
    </>
  )
  if (!told) {
    return (
      <li className="py-1">
        <div className="flex min-h-7 items-center gap-2">{head}</div>
        {reason ? <p className="pl-10 text-12 text-critical">{reason}</p> : null}
      </li>
    )
  }
  return (
    <li className="py-1">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="flex min-h-7 w-full items-center gap-2 text-left hover:bg-hover"
      >
        {head}
        <ChevronRight
          aria-hidden="true"
          className={cn('ml-auto size-4 shrink-0 text-ink-3', open && 'rotate-90')}
        />
      </button>
      <div id={id} hidden={!open} className="flex flex-col gap-2 pb-2 sm:pl-10">
        {hits.map(({ rule_id, rule_title, matches }) => (
          <Told key={rule_id} title={hits.length > 1 ? rule_title : undefined}>
            <Matches matches={matches} />
          </Told>
        ))}
        {misses.map((miss) => (
          <Told key={miss.rule_id} title={misses.length > 1 ? miss.rule_title : undefined}>
            <Miss miss={miss} />
          </Told>
        ))}
      </div>
    </li>
  )
}

/** The rule is named where several were tried. */
function Told({ title, children }: { title: string | undefined; children: ReactNode }) {
  return (
    <div>
      {title ? <p className="font-medium text-12">{title}</p> : null}
      {children}
    </div>
  )
}

function Verdict({ fired, read }: { fired: boolean; read: boolean }) {
  const { t } = useLingui()
  if (fired) return <Pill tone="high">{t`Nổ`}</Pill>
  return read ? <Pill>{t`Không nổ`}</Pill> : <Pill tone="critical">{t`Không đọc được`}</Pill>
}

/** The first thing that kept the rule from firing. */
function Miss({ miss }: { miss: TrialMiss }) {
  const { t } = useLingui()
  if (miss.because === 'logsource') {
    const shown = logsourceText(miss) || '—'
    return <p className="text-12">{t`Luật viết cho nguồn nhật ký khác; bản ghi này là ${shown}`}</p>
  }
  return miss.because === 'failed' ? (
    <>
      <p className="text-12">{t`Điều đầu tiên không khớp:`}</p>
      <Matches matches={miss.matches} met={false} />
    </>
  ) : (
    <>
      <p className="text-12">{t`Luật bỏ qua vì bản ghi có:`}</p>
      <Matches matches={miss.matches} />
    </>
  )
}
