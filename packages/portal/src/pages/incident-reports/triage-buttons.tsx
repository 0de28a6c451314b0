import { useLingui } from '@lingui/react/macro'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { printed } from '../../keys/sheet.ts'
import type { ReportTriage } from './use-report-triage.ts'

/** What can be decided on reports, each with its key. */
export function TriageButtons({
  triage,
  main,
}: {
  triage: ReportTriage
  main: 'acknowledge' | 'create'
}) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const may = refusal('incident-report.triage')
  const handle = may ?? refusal('incident.handle')
  const { busy } = triage
  return (
    <>
      <Button
        look={main === 'acknowledge' ? 'primary' : 'plain'}
        refusal={may}
        busy={busy}
        keys={printed('acknowledge')}
        onClick={triage.acknowledge}
      >
        {t`Xác nhận`}
      </Button>
      <Button
        look={main === 'create' ? 'primary' : 'plain'}
        refusal={handle}
        busy={busy}
        keys={printed('create')}
        onClick={triage.create}
      >
        {t`Lập sự cố`}
      </Button>
      <Button refusal={handle} busy={busy} keys={printed('attach')} onClick={triage.attach}>
        {t`Gắn vào sự cố`}
      </Button>
      <Button refusal={may} busy={busy} keys={printed('ask-back')} onClick={triage['ask-back']}>
        {t`Hỏi lại`}
      </Button>
      <Button refusal={may} busy={busy} onClick={triage.duplicate}>
        {t`Trùng lặp`}
      </Button>
      <Button refusal={may} busy={busy} onClick={triage['near-miss']}>
        {t`Suýt xảy ra sự cố`}
      </Button>
      <Button
        look="danger"
        refusal={may}
        busy={busy}
        keys={printed('close')}
        onClick={triage.close}
      >
        {t`Không phải sự cố`}
      </Button>
    </>
  )
}
