import type { Incident, IncidentState } from '@haidang/contracts/incident'
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
import { nextStep } from './incident-words.ts'

/** What can be done with an incident now: the next step first, then an order, then the rest. */
export function IncidentActs({ incident }: { incident: Incident }) {
  const { t, i18n } = useLingui()
  const refusal = useIncidentRefusal(incident)
  const navigate = useNavigate()
  const me = useMe()
  const client = useQueryClient()
  const describe = useDescribe()
  const [moving, setMoving] = useState<IncidentState | null>(null)
  const next = nextStep[incident.state]
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
  const live = next !== undefined
  const may = live && !handle
  useKeys({
    primary: may ? () => setMoving(next.to) : undefined,
    create: live && !refusal('order.issue') ? order : undefined,
    'assign-me': may ? () => mine.mutate() : undefined,
  })
  return (
    <>
      {next ? (
        <>
          <Button
            look="primary"
            keys={printed('primary')}
            refusal={refusal(next.to === 'closed' ? 'incident.close' : 'incident.handle')}
            onClick={() => setMoving(next.to)}
          >
            {i18n._(next.act)}
          </Button>
          <Button keys={printed('create')} refusal={refusal('order.issue')} onClick={order}>
            {t`Lập lệnh`}
          </Button>
        </>
      ) : null}
      <OtherActs incident={incident} may={may} onMine={() => mine.mutate()} onMove={setMoving} />
      {moving ? (
        <MoveDialog incident={incident} to={moving} onClose={() => setMoving(null)} />
      ) : null}
    </>
  )
}

interface OtherActsProps {
  readonly incident: Incident
  /** Whether it is open and the reader handles incidents. */
  readonly may: boolean
  readonly onMine: () => void
  readonly onMove: (to: IncidentState) => void
}

function OtherActs({ incident, may, onMine, onMove }: OtherActsProps) {
  const { t } = useLingui()
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
        {incident.state === 'open' ? (
          <MenuItem onSelect={() => onMove('rejected')}>{t`Không phải sự cố…`}</MenuItem>
        ) : null}
        {may ? (
          <MenuItem keys={printed('merge')} onSelect={merge}>
            {t`Gộp với sự cố khác…`}
          </MenuItem>
        ) : null}
        {nextStep[incident.state] ? null : (
          <MenuItem onSelect={() => onMove('open')}>{t`Mở lại…`}</MenuItem>
        )}
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
  onClose,
}: {
  incident: Incident
  to: IncidentState
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
        <Field label={t`Căn cứ, kết quả`} help={t`Ghi vào dòng thời gian của sự cố`}>
          <Textarea name="note" maxLength={4000} rows={4} autoFocus />
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
