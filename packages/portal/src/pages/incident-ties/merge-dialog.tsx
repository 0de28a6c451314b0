import type { Incident } from '@haidang/contracts/incident'
import type { MergePreview } from '@haidang/contracts/incident-merge'
import { Plural, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { Field, Textarea } from '../../components/field.tsx'
import { noErrors, submitted, text } from '../../components/form.ts'
import { TlpLabel } from '../../components/pill.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { IncidentName, IncidentPicker } from './incident-picker.tsx'
import { useMergeIncidents } from './use-ties.ts'

interface MergeDialogProps {
  /** Those to merge; of one alone, others are asked for. */
  readonly incidents: readonly Incident[]
  readonly onClose: () => void
  readonly onDone: (head: string) => void
}

/** Which are one, which of them stands for all, and what that joins; nothing is moved. */
export function MergeDialog({ incidents, onClose, onDone }: MergeDialogProps) {
  const { t } = useLingui()
  const [self] = incidents
  const [chosen, setChosen] = useState<readonly Incident[]>(incidents.slice(1))
  const [wanted, setWanted] = useState(self?.id ?? '')
  const all = self ? [self, ...chosen] : []
  const into = all.some(({ id }) => id === wanted) ? wanted : (self?.id ?? '')
  const ids = all.map(({ id }) => id).filter((id) => id !== into)
  const merge = useMergeIncidents((head) => {
    onClose()
    onDone(head)
  })
  const preview = useQuery({
    queryKey: ['incidents', 'merge-preview', into, ...ids],
    queryFn: ({ signal }) => api.incidentMerges.preview({ body: { into, ids } }, signal),
    enabled: ids.length > 0,
  })
  if (!self) return null
  const only = `organisation_id:${self.organisation_id} and exercise:${self.exercise} and simulated:${self.simulated} and not (state:closed or state:rejected)`
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t`Gộp sự cố`}
      about={t`Những gì gắn với mỗi sự cố ở nguyên chỗ và hiện chung ở sự cố chính; lúc nào cũng tách lại được.`}
    >
      <form
        onSubmit={submitted((form) => merge.mutate({ into, ids, reason: text(form, 'reason') }))}
        className="flex flex-col gap-4"
      >
        <ErrorSummary errors={noErrors} error={merge.error} />
        {incidents.length === 1 ? (
          <IncidentPicker self={self} only={only} chosen={chosen} onChoose={setChosen} />
        ) : null}
        {ids.length > 0 ? (
          <>
            <HeadChoice all={all} into={into} onChoose={setWanted} />
            <Asked query={preview}>{(told) => <Preview told={told} />}</Asked>
            <Field label={t`Vì sao là một`} optional={t`không bắt buộc`}>
              <Textarea name="reason" maxLength={2000} rows={2} />
            </Field>
          </>
        ) : null}
        <Acts>
          <Button
            look="primary"
            type="submit"
            busy={merge.isPending}
            refusal={ids.length === 0 ? t`Chọn ít nhất một sự cố` : null}
          >
            {t`Gộp`}
          </Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}

interface HeadChoiceProps {
  readonly all: readonly Incident[]
  readonly into: string
  readonly onChoose: (id: string) => void
}

function HeadChoice({ all, into, onChoose }: HeadChoiceProps) {
  const { t } = useLingui()
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="pb-1 font-medium text-13">{t`Sự cố chính, giữ số`}</legend>
      {all.map((incident) => (
        <label key={incident.id} className="flex min-h-7 cursor-pointer items-center gap-2 text-13">
          <input
            type="radio"
            name="into"
            checked={incident.id === into}
            onChange={() => onChoose(incident.id)}
          />
          <IncidentName incident={incident} />
        </label>
      ))}
    </fieldset>
  )
}

/** What will be shown under the head, and who will see less of it. */
function Preview({ told }: { told: MergePreview }) {
  const { t } = useLingui()
  const { label, number } = useWords()
  return (
    <div className="flex flex-col gap-2 border-y border-line py-3" aria-live="polite">
      <Facts>
        {told.joins.map(({ kind, count }) => (
          <Fact key={kind} name={label('belongingKind', kind)}>
            {number(count)}
          </Fact>
        ))}
        <Fact name="TLP">
          <TlpLabel tlp={told.tlp} />
        </Fact>
        <Fact name={t`Phát hiện lúc`}>
          <Time at={told.detected_at} as="absolute" />
        </Fact>
      </Facts>
      {told.loses.length > 0 ? (
        <p className="text-13">
          <Plural
            value={told.loses.length}
            other="# nơi được chia sẻ sự cố chính sẽ không còn xem được, vì không được chia sẻ mọi sự cố gộp vào."
          />
        </p>
      ) : null}
    </div>
  )
}
