import type { Incident } from '@haidang/contracts/incident'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { useMay, useMe } from '../../api/session.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Select } from '../../components/field.tsx'
import { noErrors, submitted, text } from '../../components/form.ts'
import { NamedOptions } from '../../components/options.tsx'
import { SelectionBar } from '../../components/selection-bar.tsx'
import { printed } from '../../keys/sheet.ts'
import { LinkDialog } from '../incident-ties/link-dialog.tsx'
import { MergeDialog } from '../incident-ties/merge-dialog.tsx'
import { ReasonDialog } from '../orders/reason-dialog.tsx'
import type { IncidentActsOf } from './use-incident-acts.ts'

interface BulkProps {
  readonly count: number
  readonly acts: IncidentActsOf
  readonly onClear: () => void
}

/** What can be done with the chosen incidents. */
export function IncidentBulkBar({ count, acts, onClear }: BulkProps) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const handle = refusal('incident.handle')
  const alone = count < 2 ? t`Chọn ít nhất hai sự cố` : handle
  return (
    <SelectionBar count={count} onClear={onClear}>
      <Button
        size="small"
        refusal={handle}
        keys={printed('assign-me')}
        onClick={acts['assign-me']}
      >{t`Giao cho tôi`}</Button>
      <Button size="small" refusal={handle} keys={printed('assign')} onClick={acts.assign}>
        {t`Giao…`}
      </Button>
      <Button size="small" refusal={alone} keys={printed('merge')} onClick={acts.merge}>
        {t`Gộp…`}
      </Button>
      <Button size="small" refusal={alone} onClick={acts.link}>
        {t`Liên kết…`}
      </Button>
      <Button
        size="small"
        refusal={refusal('incident.close')}
        keys={printed('close')}
        onClick={acts.close}
      >{t`Không phải sự cố…`}</Button>
    </SelectionBar>
  )
}

interface DialogsProps {
  readonly targets: readonly Incident[]
  readonly acts: IncidentActsOf
  readonly onDone: () => void
}

/** What an act on the chosen incidents asks for. */
export function IncidentBulkDialogs({ targets, acts, onDone }: DialogsProps) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const count = targets.length
  const [first, ...others] = targets
  const done = () => {
    acts.dismiss()
    onDone()
  }
  if (acts.asked === 'assign') return <AssignDialog count={count} acts={acts} />
  if (acts.asked === 'merge') {
    return (
      <MergeDialog
        incidents={targets}
        onClose={acts.dismiss}
        onDone={(id) => void navigate({ to: '/incidents/$id', params: { id } })}
      />
    )
  }
  if (acts.asked === 'link' && first) {
    return <LinkDialog incident={first} to={others} onClose={acts.dismiss} onDone={done} />
  }
  if (acts.asked !== 'reject') return null
  return (
    <ReasonDialog
      title={t`Không phải sự cố`}
      about={t`Áp dụng cho ${count} sự cố đã chọn mới mở hoặc mới xác minh, không còn lệnh; các sự cố khác giữ nguyên.`}
      label={t`Lý do`}
      act={t`Ghi không phải sự cố`}
      busy={acts.busy}
      error={acts.error}
      onSend={acts.reject}
      onClose={acts.dismiss}
    />
  )
}

function AssignDialog({ count, acts }: { count: number; acts: IncidentActsOf }) {
  const { t } = useLingui()
  const me = useMe()
  const may = useMay()
  const people = useQuery({
    queryKey: ['people', 'all'],
    queryFn: ({ signal }) => api.people.list({ query: { limit: 200 } }, signal),
    enabled: may('person.read'),
  })
  const others = (people.data?.items ?? []).filter(
    ({ id, disabled }) => id !== me.person.id && !disabled,
  )
  return (
    <Dialog open onClose={acts.dismiss} title={t`Giao ${count} sự cố cho`}>
      <form
        onSubmit={submitted((form) => acts.giveTo(text(form, 'person') || null))}
        className="flex flex-col gap-4"
      >
        <ErrorSummary errors={noErrors} error={acts.error} />
        <Field label={t`Phụ trách`}>
          <Select name="person" defaultValue={me.person.id} data-first>
            <option value={me.person.id}>{t`${me.person.name} (tôi)`}</option>
            <NamedOptions of={others} />
            <option value="">{t`Không ai`}</option>
          </Select>
        </Field>
        <Acts>
          <Button look="primary" type="submit" busy={acts.busy}>{t`Giao`}</Button>
          <Button look="quiet" onClick={acts.dismiss}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}
