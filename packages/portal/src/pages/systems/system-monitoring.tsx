import {
  type InformationSystem,
  MonitoringStage,
  type MonitoringWay,
} from '@haidang/contracts/system'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Select, Textarea } from '../../components/field.tsx'
import { noErrors, submitted, text } from '../../components/form.ts'
import { Section } from '../../components/page.tsx'
import { Pill } from '../../components/pill.tsx'
import { useWords } from '../../language/use-words.ts'
import { SystemStations } from './system-stations.tsx'

const stages = MonitoringStage.options

/** How far direct and indirect monitoring of a system are. */
export function SystemMonitoringPart({ system }: { system: InformationSystem }) {
  return (
    <div className="flex max-w-3xl flex-col gap-6">
      <Way system={system} way="direct" />
      <Way system={system} way="indirect" />
      <SystemStations system={system} />
    </div>
  )
}

function Way({ system, way }: { system: InformationSystem; way: MonitoringWay }) {
  const { t } = useLingui()
  const { label } = useWords()
  const refusal = useRefusal()
  const [open, setOpen] = useState(false)
  const reached = stages.indexOf(system.monitoring[way])
  return (
    <Section
      title={label('monitoringWay', way)}
      acts={
        <Button size="small" refusal={refusal('system.manage')} onClick={() => setOpen(true)}>
          {t`Chuyển giai đoạn`}
        </Button>
      }
    >
      <ol className="flex flex-wrap items-center gap-2 py-2">
        {stages.slice(1).map((stage, place) => (
          <li key={stage} aria-current={place + 1 === reached ? 'step' : undefined}>
            <Pill
              tone={place + 1 < reached ? 'accent' : place + 1 === reached ? 'good' : 'neutral'}
            >
              {place + 1}. {label('monitoringStage', stage)}
            </Pill>
          </li>
        ))}
      </ol>
      {way === 'direct' ? (
        <p className="text-12 text-ink-3">
          {t`Giám sát trực tiếp dành cho hệ thống từ cấp độ 3 và hệ thống quan trọng quốc gia (1017 II.2.a). Phê duyệt cần quyền system.approve.`}
        </p>
      ) : null}
      {open ? <MoveDialog system={system} way={way} onClose={() => setOpen(false)} /> : null}
    </Section>
  )
}

interface MoveProps {
  readonly system: InformationSystem
  readonly way: MonitoringWay
  readonly onClose: () => void
}

function MoveDialog({ system, way, onClose }: MoveProps) {
  const { t } = useLingui()
  const { label } = useWords()
  const client = useQueryClient()
  const reached = stages.indexOf(system.monitoring[way])
  const possible = stages.filter((_, place) => place === reached + 1 || place < reached)
  const move = useMutation({
    mutationFn: (body: { stage: MonitoringStage; reason: string }) =>
      api.systems.monitor({ params: { id: system.id }, body: { way, ...body } }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['systems'] })
      onClose()
    },
  })
  const send = (form: FormData) =>
    move.mutate({ stage: text(form, 'stage') as MonitoringStage, reason: text(form, 'reason') })
  return (
    <Dialog open onClose={onClose} title={label('monitoringWay', way)}>
      <form onSubmit={submitted(send)} className="flex flex-col gap-4">
        <ErrorSummary errors={noErrors} error={move.error} />
        <Field label={t`Giai đoạn`}>
          <Select name="stage" defaultValue={stages[reached + 1] ?? possible.at(-1)}>
            {possible.map((stage) => (
              <option key={stage} value={stage}>
                {label('monitoringStage', stage)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t`Lý do, căn cứ`}>
          <Textarea name="reason" required minLength={3} maxLength={1_000} />
        </Field>
        <Acts>
          <Button look="primary" type="submit" busy={move.isPending}>{t`Chuyển`}</Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}
