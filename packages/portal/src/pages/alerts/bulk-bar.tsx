import { useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { printed } from '../../keys/sheet.ts'
import { useWords } from '../../language/use-words.ts'
import { TriageButtons } from './triage-buttons.tsx'
import type { TriageActs } from './use-triage-keys.ts'

interface BulkBarProps {
  readonly count: number
  readonly acts: TriageActs['acts']
  readonly onClear: () => void
}

/** What can be done with the chosen rows; rises from the bottom. */
export function BulkBar({ count, acts, onClear }: BulkBarProps) {
  const { t } = useLingui()
  const { number } = useWords()
  const refusal = useRefusal()
  if (count === 0) return null
  return (
    <div className="pointer-events-none sticky bottom-4 z-30 flex justify-center px-3">
      <div
        role="toolbar"
        aria-label={t`Việc cho các dòng đã chọn`}
        className="appear pointer-events-auto flex max-w-full items-center gap-2 overflow-x-auto rounded-float border border-line-strong bg-surface p-2 pl-4 shadow-float"
      >
        <p className="shrink-0 pr-2 font-medium">{t`${number(count)} đã chọn`}</p>
        {count > 1 ? (
          <Button
            size="small"
            refusal={refusal('alert.triage')}
            keys={printed('merge')}
            onClick={acts.merge}
          >
            {t`Gộp`}
          </Button>
        ) : null}
        <TriageButtons acts={acts} />
        <Button look="quiet" size="small" aria-label={t`Bỏ chọn`} onClick={onClear}>
          <X className="size-4" />
        </Button>
      </div>
    </div>
  )
}
