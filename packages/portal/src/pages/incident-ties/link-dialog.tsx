import type { Incident } from '@haidang/contracts/incident'
import { IncidentLinkKind } from '@haidang/contracts/incident-link'
import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Select, Textarea } from '../../components/field.tsx'
import { noErrors, submitted, text } from '../../components/form.ts'
import { say } from '../../components/toast.tsx'
import { useWords } from '../../language/use-words.ts'
import { IncidentName, IncidentPicker } from './incident-picker.tsx'
import { useRenew } from './use-ties.ts'

interface LinkDialogProps {
  readonly incident: Incident
  /** Those to link with; of none, others are asked for. */
  readonly to: readonly Incident[]
  readonly onClose: () => void
  readonly onDone?: () => void
}

/** How an incident stands to others: which, and why. */
export function LinkDialog({ incident, to, onClose, onDone = onClose }: LinkDialogProps) {
  const { t } = useLingui()
  const { label } = useWords()
  const renew = useRenew()
  const [chosen, setChosen] = useState<readonly Incident[]>(to)
  const [kind, setKind] = useState<IncidentLinkKind>('related')
  const link = useMutation({
    mutationFn: (form: FormData) => {
      const note = text(form, 'note').trim()
      const other_ids = chosen.map(({ id }) => id)
      return api.incidentLinks.add({
        params: { id: incident.id },
        body: { kind, other_ids, note },
      })
    },
    onSuccess: () => {
      const count = chosen.length
      say(t`Đã liên kết ${count} sự cố`)
      onDone()
    },
    onSettled: renew,
  })
  const none = chosen.length === 0 ? t`Chọn ít nhất một sự cố` : null
  const unfit =
    kind === 'part_of' && chosen.length > 1 ? t`Mỗi sự cố chỉ thuộc một chiến dịch: chọn một` : none
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t`Liên kết sự cố`}
      about={`${incident.number} · ${incident.title}`}
    >
      <form onSubmit={submitted((form) => link.mutate(form))} className="flex flex-col gap-4">
        <ErrorSummary errors={noErrors} error={link.error} />
        <Field label={t`Sự cố này`} help={t`Chỉ người xem được cả hai sự cố mới thấy liên kết`}>
          <Select
            value={kind}
            onChange={(event) => setKind(IncidentLinkKind.parse(event.currentTarget.value))}
          >
            {IncidentLinkKind.options.map((kind) => (
              <option key={kind} value={kind}>
                {label('incidentLinkKind', kind)}
              </option>
            ))}
          </Select>
        </Field>
        {to.length === 0 ? (
          <IncidentPicker self={incident} only="" chosen={chosen} onChoose={setChosen} />
        ) : (
          <ul className="flex flex-col">
            {chosen.map((one) => (
              <li key={one.id} className="min-h-7 text-13">
                <IncidentName incident={one} />
              </li>
            ))}
          </ul>
        )}
        <Field label={t`Ghi chú`} optional={t`không bắt buộc`}>
          <Textarea name="note" maxLength={2000} rows={2} />
        </Field>
        <Acts>
          <Button look="primary" type="submit" busy={link.isPending} refusal={unfit}>
            {t`Liên kết`}
          </Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}
