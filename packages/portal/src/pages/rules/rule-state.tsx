import type { Logsource } from '@haidang/contracts/event'
import type { Rule } from '@haidang/contracts/rule'
import { useLingui } from '@lingui/react/macro'
import { Pill } from '../../components/pill.tsx'

/** Whether this node's detector carries the rule out. */
export function RuleState({ rule }: { rule: Rule }) {
  const { t } = useLingui()
  if (rule.state === 'active') return <Pill tone="good">{t`Đang chạy`}</Pill>
  return rule.state === 'error' ? (
    <Pill tone="critical">{t`Lỗi`}</Pill>
  ) : (
    <Pill tone="medium">{t`Chưa hỗ trợ`}</Pill>
  )
}

/** `windows / process_creation`. */
export function logsourceText({ logsource }: { readonly logsource: Logsource }): string {
  return [logsource.product, logsource.category, logsource.service].filter(Boolean).join(' / ')
}

/** `T1059.001 T1204`: the techniques among the tags of a rule. */
export function techniquesText(tags: readonly string[]): string {
  return tags
    .filter((tag) => /^attack\.t\d/.test(tag))
    .map((tag) => tag.slice(7).toUpperCase())
    .join(' ')
}
