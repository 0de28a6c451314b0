import type { RetentionRule } from '@haidang/contracts/archive'
import { useLingui } from '@lingui/react/macro'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { useWords } from '../../language/use-words.ts'
import { useSourceNames } from './source-names.ts'

interface RetentionRulesProps {
  /** The last one stands for all other events. */
  readonly rules: readonly RetentionRule[]
  readonly onEdit: (at: number) => void
  readonly onRemove: (at: number) => void
}

/** Rules in the order in which they decide. */
export function RetentionRules({ rules, onEdit, onRemove }: RetentionRulesProps) {
  const { t } = useLingui()
  const { number } = useWords()
  const refusal = useRefusal()('station.manage')
  const names = new Map(useSourceNames().map(({ value, name }) => [value, name]))
  return (
    <ol className="divide-y divide-line border-y">
      {rules.map((rule, at) => (
        <li
          key={`${at} ${rule.name}`}
          className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2"
        >
          <div className="min-w-0">
            <p className="break-words font-medium">{rule.name}</p>
            <p className="break-words text-12 text-ink-3">{meaning(rule, names).join(' · ')}</p>
            <p className="text-13">
              {t`${number(rule.hot_days)} ngày trong kho sự kiện, rồi ${number(rule.archive_days)} ngày trong kho lưu trữ`}
            </p>
            {rule.clause ? <p className="break-words text-12 text-ink-3">{rule.clause}</p> : null}
          </div>
          <div className="flex gap-2">
            <Button size="small" refusal={refusal} onClick={() => onEdit(at)}>
              {t`Sửa…`}
            </Button>
            {at === rules.length - 1 ? null : (
              <Button size="small" look="quiet" refusal={refusal} onClick={() => onRemove(at)}>
                {t`Bỏ`}
              </Button>
            )}
          </div>
        </li>
      ))}
    </ol>
  )
}

function meaning(
  { tlp, classes, sources }: RetentionRule,
  names: ReadonlyMap<string, string>,
): string[] {
  return [
    ...(tlp.length > 0 ? [`TLP ${tlp.map((each) => each.toUpperCase()).join(', ')}`] : []),
    ...(classes.length > 0 ? [`OCSF ${classes.join(', ')}`] : []),
    ...(sources.length > 0 ? [sources.map((id) => names.get(id) ?? id).join(', ')] : []),
  ]
}
