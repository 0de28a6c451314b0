import { useLingui } from '@lingui/react/macro'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { SelectionBar } from '../../components/selection-bar.tsx'
import { printed } from '../../keys/sheet.ts'
import { TriageButtons } from './triage-buttons.tsx'
import type { TriageActs } from './use-triage-keys.ts'

interface BulkBarProps {
  readonly count: number
  readonly acts: TriageActs['acts']
  readonly onClear: () => void
}

/** What can be done with the chosen clusters. */
export function BulkBar({ count, acts, onClear }: BulkBarProps) {
  const { t } = useLingui()
  const refusal = useRefusal()
  return (
    <SelectionBar count={count} onClear={onClear}>
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
    </SelectionBar>
  )
}
