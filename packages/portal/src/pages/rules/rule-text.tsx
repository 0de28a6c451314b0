import type { LintProblem } from '@haidang/contracts/rule-library'
import { useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import { Scrolled } from '../../components/scrolled.tsx'
import { cn } from '../../theme/cn.ts'
import { LevelMark } from './lint-problems.tsx'

interface RuleTextProps {
  readonly text: string
  readonly problems: readonly LintProblem[]
}

/** A rule's text with its line numbers, and what is wrong under the line it is about. */
export function RuleText({ text, problems }: RuleTextProps) {
  const { t } = useLingui()
  const lines = useMemo(() => text.replace(/\n$/, '').split('\n'), [text])
  const byLine = useMemo(() => Map.groupBy(problems, ({ line }) => line ?? 0), [problems])
  return (
    <Scrolled
      label={t`Nội dung luật`}
      className="max-h-[70vh] overflow-auto rounded-control bg-sunken py-2 font-mono text-12 leading-relaxed"
    >
      <ol className="w-max min-w-full">
        {lines.map((line, index) => {
          const number = index + 1
          const wrong = byLine.get(number) ?? []
          return (
            <li key={number} className={cn(wrong.length > 0 && 'bg-critical-soft')}>
              <div className="flex">
                <span
                  aria-hidden="true"
                  className="sticky left-0 w-12 shrink-0 select-none bg-inherit pr-3 text-right text-ink-3"
                >
                  {number}
                </span>
                <code className="whitespace-pre pr-4">{line || ' '}</code>
              </div>
              {wrong.map((problem) => (
                <p
                  key={`${problem.level} ${problem.column} ${problem.cause}`}
                  className="flex max-w-[70ch] items-start gap-2 py-0.5 pr-4 pl-12 font-sans"
                >
                  <LevelMark level={problem.level} />
                  {problem.cause}
                </p>
              ))}
            </li>
          )
        })}
      </ol>
    </Scrolled>
  )
}
