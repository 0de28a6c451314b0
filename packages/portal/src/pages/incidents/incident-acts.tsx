import type { Incident, IncidentState } from '@haidang/contracts/incident'
import { stepsFrom } from '@haidang/contracts/incident-process'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useDescribe } from '../../api/describe.ts'
import { useMe } from '../../api/session.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Textarea } from '../../components/field.tsx'
import { noErrors, submitted, text } from '../../components/form.ts'
import { Menu, MenuItem } from '../../components/menu.tsx'
import { complain, say } from '../../components/toast.tsx'
import { useKeys } from '../../keys/keyboard.ts'
import { printed } from '../../keys/sheet.ts'
import { useWords } from '../../language/use-words.ts'
import { MergeDialog } from '../incident-ties/merge-dialog.tsx'
import { useIncidentRefusal } from './incident-refusal.ts'
import { isOver, stepWords } from './incident-words.ts'
import { useProcess } from './use-process.ts'

/** What can be done with an incident now: the next step first, then an order, then the rest. */
export function IncidentActs({ incident }: { incident: Incident }) {
  const { t } = useLingui()
  const refusal = useIncidentRefusal(incident)
  const navigate = useNavigate()
  const me = useMe()
  const client = useQueryClient()
  const describe = useDescribe()
  const [moving, setMoving] = useState<IncidentState | null>(null)
  const { data: process } = useProcess()
  const steps = process ? stepsFrom(process, incident.state) : []
  const live = !isOver(incident.state)
  const [next] = live ? steps : []
  const handle = refusal('incident.handle')
  const mine = useMutation({
    mutationFn: () =>
      api.incidents.update({
        params: { id: incident.id },
        body: { assignee_id: me.person.id, version: incident.version },
      }),
    onSuccess: () => {
      say(t`Bạn phụ trách sự cố này`)
      void client.invalidateQueries({ queryKey: ['incidents'] })
    },
    onError: (error) => complain(describe(error).title),
  })
  const order = () => void navigate({ to: '/orders/new', search: { incident: incident.id } })
  const may = live && !handle
  useKeys({
    primary: may && next ? () => setMoving(next.to) : undefined,
    create: live && !refusal('order.issue') ? order : undefined,
    'assign-me': may ? () => mine.mutate() : undefined,
  })
  return (
    <>
      {next ? <NextStep incident={incident} to={next.to} onMove={setMoving} /> : null}
      {live ? (
        <Button keys={printed('create')} refusal={refusal('order.issue')} onClick={order}>
          {t`Lập lệnh`}
        </Button>
      ) : null}
      <OtherActs
        incident={incident}
        steps={steps.filter((step) => step !== next).map(({ to }) => to)}
        may={may}
        onMine={() => mine.mutate()}
        onMove={setMoving}
      />
      {moving ? (
        <MoveDialog
          incident={incident}
          to={moving}
          grounds={steps.some(({ to, note }) => to === moving && note)}
          onClose={() => setMoving(null)}
        />
      ) : null}
    </>
  )
}

interface NextStepProps {
  readonly incident: Incident
  readonly to: IncidentState
  readonly onMove: (to: IncidentState) => void
}

function NextStep({ incident, to, onMove }: NextStepProps) {
  const { i18n } = useLingui()
  const refusal = useIncidentRefusal(incident)
  return (
    <Button
      look="primary"
      keys={printed('primary')}
      refusal={refusal(isOver(to) ? 'incident.close' : 'incident.handle')}
      onClick={() => onMove(to)}
    >
      {i18n._(stepWords[to])}
    </Button>
  )
}

interface OtherActsProps {
  readonly incident: Incident
  /** Where it may go beside the usual next step. */
  readonly steps: readonly IncidentState[]
  /** Whether it is open and the reader handles incidents. */
  readonly may: boolean
  readonly onMine: () => void
  readonly onMove: (to: IncidentState) => void
}

function OtherActs({ incident, steps, may, onMine, onMove }: OtherActsProps) {
  const { t } = useLingui()
  const { label } = useWords()
  const navigate = useNavigate()
  const [merging, setMerging] = useState(false)
  const merge = () => setMerging(true)
  useKeys({ merge: may ? merge : undefined })
  return (
    <>
      <Menu
        trigger={
          <Button aria-label={t`Việc khác`} size="icon">
            <Ellipsis aria-hidden="true" className="size-4" />
          </Button>
        }
      >
        <MenuItem keys={printed('assign-me')} onSelect={onMine}>{t`Giao cho tôi`}</MenuItem>
        {may ? (
          <MenuItem keys={printed('merge')} onSelect={merge}>
            {t`Gộp với sự cố khác…`}
          </MenuItem>
        ) : null}
        {steps.map((to) => (
          <MenuItem key={to} onSelect={() => onMove(to)}>
            {to === 'open' ? t`Mở lại…` : t`Chuyển sang: ${label('incidentState', to)}…`}
          </MenuItem>
        ))}
      </Menu>
      {merging ? (
        <MergeDialog
          incidents={[incident]}
          onClose={() => setMerging(false)}
          onDone={(id) => void navigate({ to: '/incidents/$id', params: { id } })}
        />
      ) : null}
    </>
  )
}

function MoveDialog({
  incident,
  to,
  grounds,
  onClose,
}: {
  incident: Incident
  to: IncidentState
  /** Whether the step asks why it is taken. */
  grounds: boolean
  onClose: () => void
}) {
  const { t } = useLingui()
  const { label } = useWords()
  const client = useQueryClient()
  const move = useMutation({
    mutationFn: (note: string) =>
      api.incidents.move({
        params: { id: incident.id },
        body: { state: to, note, version: incident.version },
      }),
    onSuccess: () => {
      say(t`Sự cố ${incident.number}: ${label('incidentState', to)}`)
      void client.invalidateQueries({ queryKey: ['incidents'] })
      onClose()
    },
  })
  const word = label('incidentState', to)
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Chuyển sang: ${word}`}
      about={`${incident.number} · ${incident.title}`}
    >
      <form
        onSubmit={submitted((form) => move.mutate(text(form, 'note')))}
        className="flex flex-col gap-4"
      >
        <ErrorSummary errors={noErrors} error={move.error} />
        <Field
          label={t`Căn cứ, kết quả`}
          optional={grounds ? undefined : t`không bắt buộc`}
          help={t`Ghi vào dòng thời gian của sự cố`}
        >
          <Textarea
            name="note"
            maxLength={4000}
            minLength={grounds ? 3 : undefined}
            required={grounds}
            rows={4}
            autoFocus
          />
        </Field>
        <Acts>
          <Button look="primary" type="submit" busy={move.isPending}>
            {t`Xác nhận`}
          </Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}
