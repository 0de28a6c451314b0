import { useLingui } from '@lingui/react/macro'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { printed } from '../../keys/sheet.ts'
import type { TriageActs } from './use-triage-keys.ts'

/** The acts of triage as buttons, each with its key. */
export function TriageButtons({ acts }: { acts: TriageActs['acts'] }) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const triage = refusal('alert.triage')
  return (
    <>
      <Button
        size="small"
        refusal={triage}
        keys={printed('acknowledge')}
        onClick={acts.acknowledge}
      >
        {t`Nhận`}
      </Button>
      <Button size="small" refusal={triage} keys={printed('assign-me')} onClick={acts['assign-me']}>
        {t`Giao tôi`}
      </Button>
      <Button size="small" refusal={triage} keys={printed('assign')} onClick={acts.assign}>
        {t`Giao…`}
      </Button>
      <Button size="small" refusal={triage} keys={printed('severity')} onClick={acts.severity}>
        {t`Mức…`}
      </Button>
      <Button size="small" refusal={triage} keys={printed('snooze')} onClick={acts.snooze}>
        {t`Tạm ẩn…`}
      </Button>
      <Button size="small" refusal={triage} keys={printed('close')} onClick={acts.close}>
        {t`Đóng…`}
      </Button>
      <Button
        size="small"
        look="primary"
        refusal={refusal('incident.handle')}
        keys={printed('create')}
        onClick={acts.create}
      >
        {t`Lập sự cố`}
      </Button>
    </>
  )
}
