import { MonitoringDraft, type StationMonitoring } from '@haidang/contracts/monitoring'
import type { Station } from '@haidang/contracts/station'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Check, Field, Input, Textarea } from '../../components/field.tsx'
import { type Errors, noErrors, submitted, text } from '../../components/form.ts'
import { Section } from '../../components/page.tsx'
import { say } from '../../components/toast.tsx'
import { MonitoringFigures, MonitoringSources } from '../release/monitoring-figures.tsx'
import { bulkIn } from '../release/policy-settings.tsx'

/** Which sources of a station are monitored directly, and how that goes. */
export function StationMonitoringPart({ station }: { station: Station }) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const [open, setOpen] = useState(false)
  const query = useQuery({
    queryKey: ['stations', 'monitoring', station.id],
    queryFn: ({ signal }) => api.stations.monitoring({ params: { id: station.id } }, signal),
    refetchInterval: 30_000,
    enabled: !station.local,
  })
  const admitted = ['connected', 'quiet', 'silent'].includes(station.state)
  if (station.local || !admitted) return null
  return (
    <Section
      title={t`Giám sát trực tiếp`}
      acts={
        <Button
          size="small"
          refusal={refusal('station.manage')}
          onClick={() => setOpen(true)}
        >{t`Chọn nguồn…`}</Button>
      }
    >
      <Asked query={query}>
        {(monitoring) => (
          <>
            <Going station={station} monitoring={monitoring} />
            {open ? (
              <AskDialog station={station} monitoring={monitoring} onClose={() => setOpen(false)} />
            ) : null}
          </>
        )}
      </Asked>
    </Section>
  )
}

function Going({ station, monitoring }: { station: Station; monitoring: StationMonitoring }) {
  const { t } = useLingui()
  const { request, report } = monitoring
  if (request === null || request.sources.length === 0) {
    return (
      <p className="py-2 text-ink-3">
        {t`Không nguồn nào. Nút này chỉ nhận cảnh báo và nhịp báo của trạm.`}
      </p>
    )
  }
  const answered = report !== null && report.number >= request.number
  return (
    <div className="flex flex-col gap-2 py-2">
      <p className="text-13 text-ink-2">
        {request.reason} · {monitoring.actor_name}
      </p>
      {answered ? (
        <>
          <MonitoringSources report={report} />
          <MonitoringFigures report={report} />
        </>
      ) : (
        <p className="text-ink-3">{t`Đã gửi yêu cầu; chờ trạm trả lời trong nhịp báo tới.`}</p>
      )}
      <Link
        to="/events"
        search={{ q: `node_id:${station.node_id}` }}
        className="text-13 text-accent hover:underline"
      >{t`Tìm trong sự kiện của trạm này`}</Link>
    </div>
  )
}

interface AskDialogProps {
  readonly station: Station
  readonly monitoring: StationMonitoring
  readonly onClose: () => void
}

function AskDialog({ station, monitoring, onClose }: AskDialogProps) {
  const { t } = useLingui()
  const client = useQueryClient()
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const asked = new Set(monitoring.request?.sources ?? [])
  const limits = monitoring.request?.limits
  const ask = useMutation({
    mutationFn: (body: MonitoringDraft) =>
      api.stations.monitor({ params: { id: station.id }, body }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['stations'] })
      say(t`Đã gửi yêu cầu tới ${station.name}`)
      onClose()
    },
  })
  const messages: Readonly<Record<string, string>> = {
    reason: t`Cần ít nhất ${3} ký tự`,
    bytes_per_second: t`Số nguyên từ 1024, hoặc bỏ trống`,
    quiet_hours: t`Mỗi dòng một khoảng, ví dụ 08:00-17:00`,
  }
  const send = (form: FormData) => {
    const sources = form.getAll('sources').map(String)
    const given = { sources, reason: text(form, 'reason'), limits: bulkIn(form) }
    const read = MonitoringDraft.safeParse(given)
    const fields = (read.error?.issues ?? []).map(({ path }) =>
      String(path[0] === 'limits' ? path[1] : path[0]),
    )
    setWrong(Object.fromEntries(fields.map((field) => [field, messages[field] ?? ''])))
    if (read.success) ask.mutate(read.data)
  }
  const sources = station.heartbeat?.sources ?? []
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t`Giám sát trực tiếp ${station.name}`}
      about={t`Trạm gửi toàn bộ sự kiện của các nguồn đã chọn, trong phạm vi chính sách của chủ quản cho phép.`}
    >
      <form noValidate onSubmit={submitted(send)} className="flex flex-col gap-4">
        <ErrorSummary errors={wrong} error={ask.error} />
        <fieldset className="flex flex-col gap-1">
          <legend className="pb-1 font-medium text-13">{t`Nguồn của trạm`}</legend>
          {sources.length === 0 ? (
            <p className="text-ink-3">{t`Trạm không cho biết nguồn nào.`}</p>
          ) : null}
          {sources.map(({ id, name }) => (
            <Check key={id} name="sources" value={id} defaultChecked={asked.has(id)}>
              {name}
            </Check>
          ))}
        </fieldset>
        <Field label={t`Lý do`} error={wrong['reason']}>
          <Textarea name="reason" rows={2} maxLength={1000} />
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label={t`Băng thông (byte mỗi giây)`}
            help={t`Bỏ trống là không giới hạn`}
            error={wrong['bytes_per_second']}
          >
            <Input
              name="bytes_per_second"
              inputMode="numeric"
              defaultValue={limits?.bytes_per_second ?? ''}
            />
          </Field>
          <Field
            label={t`Giờ yên`}
            help={t`Giờ Việt Nam, mỗi dòng một khoảng như 08:00-17:00`}
            error={wrong['quiet_hours']}
          >
            <Textarea
              name="quiet_hours"
              rows={2}
              defaultValue={limits?.quiet_hours.map(({ from, to }) => `${from}-${to}`).join('\n')}
            />
          </Field>
        </div>
        <Acts>
          <Button look="primary" type="submit" busy={ask.isPending}>{t`Gửi yêu cầu`}</Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}
