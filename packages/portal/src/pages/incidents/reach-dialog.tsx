import type { ToldTo } from '@haidang/contracts/audience'
import type { Incident } from '@haidang/contracts/incident'
import { Tlp } from '@haidang/contracts/tlp'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Select } from '../../components/field.tsx'
import { noErrors, submitted } from '../../components/form.ts'
import { TlpOptions } from '../../components/options.tsx'
import { say } from '../../components/toast.tsx'
import { AudienceOf, AudiencePreview } from '../sharing/audience-preview.tsx'
import { ToldFields } from '../sharing/told-fields.tsx'
import { useIncidentRefusal } from './incident-refusal.ts'
import { changedReach } from './reach-change.ts'

/** Who sees an incident, and the way to change it. */
export function IncidentReach({ incident }: { incident: Incident }) {
  const { t } = useLingui()
  const refusal = useIncidentRefusal(incident)
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <AudienceOf
        kind="incident"
        id={incident.id}
        version={incident.version}
        acts={
          <Button
            size="small"
            refusal={refusal('incident.handle')}
            onClick={() => setOpen(true)}
          >{t`Đổi phạm vi`}</Button>
        }
      />
      {isOpen ? <ReachDialog incident={incident} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function ReachDialog({ incident, onClose }: { incident: Incident; onClose: () => void }) {
  const { t } = useLingui()
  const query = useQuery({
    queryKey: ['audience', 'incident', incident.id, incident.version, 1],
    queryFn: ({ signal }) =>
      api.audiences.ofIncident({ params: { id: incident.id }, query: { limit: 1 } }, signal),
  })
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t`Đổi phạm vi chia sẻ`}
      about={`${incident.number} · ${incident.title}`}
    >
      <Asked query={query}>
        {({ told_to }) => <ReachForm incident={incident} before={told_to} onClose={onClose} />}
      </Asked>
    </Dialog>
  )
}

interface ReachFormProps {
  readonly incident: Incident
  readonly before: ToldTo
  readonly onClose: () => void
}

function ReachForm({ incident, before, onClose }: ReachFormProps) {
  const { t } = useLingui()
  const client = useQueryClient()
  const [tlp, setTlp] = useState<Tlp>(incident.tlp)
  const [told_to, setToldTo] = useState(before)
  const change = changedReach({ tlp: incident.tlp, told_to: before }, { tlp, told_to })
  const isSame = Object.keys(change).length === 0
  const save = useMutation({
    mutationFn: () =>
      api.incidents.update({
        params: { id: incident.id },
        body: { ...change, version: incident.version },
      }),
    onSuccess: () => {
      say(t`Đã đổi phạm vi chia sẻ`)
      for (const key of ['incidents', 'audience', 'tasks', 'deadlines']) {
        void client.invalidateQueries({ queryKey: [key] })
      }
      onClose()
    },
  })
  const { organisation_id } = incident
  return (
    <form
      onSubmit={submitted(() => (isSame ? onClose() : save.mutate()))}
      className="flex flex-col gap-4"
    >
      <ErrorSummary errors={noErrors} error={save.error} />
      <Field label="TLP">
        <Select value={tlp} onChange={(event) => setTlp(Tlp.parse(event.currentTarget.value))}>
          <TlpOptions />
        </Select>
      </Field>
      <ToldFields toldTo={told_to} onChange={setToldTo} />
      <AudiencePreview draft={{ kind: 'incident', organisation_id, tlp, told_to, parties: [] }} />
      <Acts>
        <Button look="primary" type="submit" busy={save.isPending}>
          {t`Lưu phạm vi`}
        </Button>
        <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
      </Acts>
    </form>
  )
}
