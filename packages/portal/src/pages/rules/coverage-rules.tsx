import { LibraryRuleStatus } from '@haidang/contracts/rule-library'
import { Ring } from '@haidang/contracts/rule-set'
import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { Dialog } from '../../components/dialog.tsx'
import { Pill } from '../../components/pill.tsx'
import { useWords } from '../../language/use-words.ts'
import type { CoveredRule } from './coverage-model.ts'
import { LibraryStatus } from './library-status.tsx'
import { logsourceText } from './rule-state.tsx'

interface CoverageRulesProps {
  readonly title: string
  readonly rules: readonly CoveredRule[]
  readonly onClose: () => void
}

/** The rules that look for a technique: how many of each state and ring, then each of them. */
export function CoverageRules({ title, rules, onClose }: CoverageRulesProps) {
  const { label } = useWords()
  return (
    <Dialog open wide onClose={onClose} title={title} about={<Sums rules={rules} />}>
      <ul className="divide-y divide-line">
        {rules.map((rule) => (
          <li key={rule.id} className="flex flex-col gap-1 py-2">
            <Link
              to="/rules/library/$id"
              params={{ id: rule.id }}
              className="font-medium hover:underline"
            >
              {rule.title}
            </Link>
            <span className="flex flex-wrap items-center gap-2 text-12 text-ink-2">
              <LibraryStatus rule={rule} />
              {rule.ring ? <Pill tone="good">{label('ring', rule.ring)}</Pill> : null}
              <span className="font-mono">{logsourceText(rule)}</span>
            </span>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}

function Sums({ rules }: { rules: readonly CoveredRule[] }) {
  const { t } = useLingui()
  const { label, number } = useWords()
  const byStatus = Map.groupBy(rules, ({ status }) => status)
  const byRing = Map.groupBy(rules, ({ ring }) => ring)
  const states = LibraryRuleStatus.options.flatMap((status) => {
    const count = byStatus.get(status)?.length ?? 0
    return count > 0 ? [`${number(count)} ${label('libraryRuleStatus', status)}`] : []
  })
  const rings = [...Ring.options, null].flatMap((ring) => {
    const count = byRing.get(ring)?.length ?? 0
    const name = ring === null ? t`chưa phát tới trạm nào` : t`vòng ${label('ring', ring)}`
    return count > 0 ? [`${number(count)} ${name}`] : []
  })
  return (
    <>
      <span className="block">{states.join(' · ')}</span>
      <span className="block">{rings.join(' · ')}</span>
    </>
  )
}
