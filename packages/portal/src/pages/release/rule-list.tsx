import type { ReleaseRule } from '@haidang/contracts/release'
import { useLingui } from '@lingui/react/macro'
import { ArrowDown, ArrowUp, Pencil, Trash2 } from 'lucide-react'
import { Button } from '../../components/button.tsx'
import { Decision, ScopeWords, TreatmentWords } from './policy-words.tsx'

interface RuleListProps {
  readonly rules: readonly ReleaseRule[]
  /** Without, the rules are only shown. */
  readonly acts?: {
    readonly onEdit: (at: number) => void
    readonly onMove: (at: number, by: -1 | 1) => void
    readonly onRemove: (at: number) => void
  }
}

/** The rules in their order: the first that matches a record decides. */
export function RuleList({ rules, acts }: RuleListProps) {
  const { t } = useLingui()
  return (
    <ol className="divide-y divide-line">
      {rules.map((rule, at) => (
        <li key={`${at} ${rule.name}`} className="flex flex-wrap items-start gap-x-3 gap-y-1 py-2">
          <span className="w-5 pt-0.5 text-right text-12 text-ink-3">{at + 1}</span>
          <div className="min-w-0 flex-1 basis-52">
            <p className="flex flex-wrap items-center gap-2">
              <span className="min-w-0 break-words font-medium">{rule.name}</span>
              <Decision decision={rule.decision} />
            </p>
            <p className="break-words text-12 text-ink-2">
              <ScopeWords scope={rule} />
            </p>
            {rule.fields.length > 0 ? (
              <p className="break-words text-12 text-ink-2">
                <TreatmentWords rule={rule} />
              </p>
            ) : null}
          </div>
          {acts ? (
            <div className="ml-auto flex">
              <Button
                look="quiet"
                size="icon"
                aria-label={t`Chuyển ${rule.name} lên`}
                refusal={at === 0 ? t`Đã ở đầu` : undefined}
                onClick={() => acts.onMove(at, -1)}
              >
                <ArrowUp aria-hidden="true" className="size-4" />
              </Button>
              <Button
                look="quiet"
                size="icon"
                aria-label={t`Chuyển ${rule.name} xuống`}
                refusal={at === rules.length - 1 ? t`Đã ở cuối` : undefined}
                onClick={() => acts.onMove(at, 1)}
              >
                <ArrowDown aria-hidden="true" className="size-4" />
              </Button>
              <Button
                look="quiet"
                size="icon"
                aria-label={t`Sửa ${rule.name}`}
                onClick={() => acts.onEdit(at)}
              >
                <Pencil aria-hidden="true" className="size-4" />
              </Button>
              <Button
                look="quiet"
                size="icon"
                aria-label={t`Bỏ ${rule.name}`}
                onClick={() => acts.onRemove(at)}
              >
                <Trash2 aria-hidden="true" className="size-4" />
              </Button>
            </div>
          ) : null}
        </li>
      ))}
      <li className="flex flex-wrap items-center gap-3 py-2">
        <span className="w-5" />
        <span className="text-ink-2">{t`Bản ghi không luật nào nêu`}</span>
        <Decision decision="keep" />
      </li>
    </ol>
  )
}
