import type { DigestFault, StationHistory } from '@haidang/contracts/station-digest'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Download, Network } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Textarea } from '../../components/field.tsx'
import { noErrors, submitted, text } from '../../components/form.ts'
import { Pill } from '../../components/pill.tsx'
import { saveFile } from '../../components/save-file.ts'
import { Empty } from '../../components/states.tsx'
import { Time } from '../../components/time.tsx'
import { say } from '../../components/toast.tsx'
import { useWords } from '../../language/use-words.ts'

const key = ['station-digests']

/** Whether the histories of the stations below still are what they told of. */
export function StationHistoriesButton() {
  const { t } = useLingui()
  const refusal = useRefusal()
  const [open, setOpen] = useState(false)
  const [settling, setSettling] = useState<StationHistory>()
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.stationDigests.stations({ query: { limit: 200 } }, signal),
    enabled: open,
  })
  return (
    <>
      <Button refusal={refusal('audit.read')} onClick={() => setOpen(true)}>
        <Network aria-hidden="true" className="size-4" />
        {t`Nhật ký các trạm`}
      </Button>
      <Dialog
        open={open && settling === undefined}
        onClose={() => setOpen(false)}
        title={t`Nhật ký các trạm`}
        about={t`Mỗi ngày các trạm cấp dưới gửi lên bản tóm tắt nhật ký đã ký. Bản không nối tiếp bản trước cho thấy lịch sử của trạm đã bị viết lại, hoặc trạm được khôi phục từ bản sao lưu.`}
        wide
      >
        <Asked query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={t`Chưa trạm nào gửi bản tóm tắt nhật ký`} />
            ) : (
              <ul className="flex flex-col divide-y divide-line">
                {items.map((history) => (
                  <HistoryLine
                    key={history.id}
                    history={history}
                    onSettle={() => setSettling(history)}
                  />
                ))}
              </ul>
            )
          }
        </Asked>
      </Dialog>
      {settling ? <SettleDialog history={settling} onClose={() => setSettling(undefined)} /> : null}
    </>
  )
}

function HistoryLine({ history, onSettle }: { history: StationHistory; onSettle: () => void }) {
  const { t } = useLingui()
  const { number } = useWords()
  const refusal = useRefusal()
  const faults = useFaultWords()
  const { id, name, organisation_name, last, kept, open } = history
  const save = useMutation({
    mutationFn: () => api.stationDigests.list({ params: { id }, query: { limit: 500 } }),
    onSuccess: ({ items }) => {
      const digests = items.map(({ digest }) => digest)
      saveFile(`${id}-digests.json`, 'application/json', `${JSON.stringify(digests, null, 2)}\n`)
    },
  })
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 text-13">
      {open > 0 ? (
        <Pill tone="critical">{t`mâu thuẫn`}</Pill>
      ) : (
        <Pill tone="good">{t`✓ nối tiếp`}</Pill>
      )}
      <span className="font-medium">{name}</span>
      <span className="text-ink-3">{organisation_name}</span>
      <span className="text-ink-2">
        {t`bản cuối: ngày ${last.digest.day}, ${number(last.digest.entries)} dòng`} ·{' '}
        {t`giữ ${number(kept)} bản`} · <Time at={last.received_at} />
      </span>
      <span className="ml-auto flex gap-2">
        {open > 0 ? (
          <Button
            size="small"
            refusal={refusal('station.manage')}
            onClick={onSettle}
          >{t`Đã xem xét…`}</Button>
        ) : null}
        <Button
          size="small"
          busy={save.isPending}
          onClick={() => save.mutate()}
          aria-label={t`Tải các bản tóm tắt của ${name}`}
        >
          <Download aria-hidden="true" className="size-4" />
          {t`Tải về`}
        </Button>
      </span>
      {last.fault ? <p className="w-full text-critical">{faults[last.fault]}</p> : null}
    </li>
  )
}

function useFaultWords(): Readonly<Record<DigestFault, string>> {
  const { t } = useLingui()
  return {
    'other-for-day': t`Bản cuối là một bản khác cho ngày đã có bản trước.`,
    'breaks-chain': t`Bản cuối không nối tiếp bản đã gửi trước.`,
    'entries-lost': t`Bản cuối có ít dòng hơn bản đã gửi trước.`,
    'other-head': t`Bản cuối cùng số dòng với bản trước nhưng dòng cuối khác.`,
  }
}

function SettleDialog({ history, onClose }: { history: StationHistory; onClose: () => void }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const settle = useMutation({
    mutationFn: (reason: string) =>
      api.stationDigests.settle({ params: { id: history.id }, body: { reason } }),
    onSuccess: () => {
      say(t`Đã ghi kết quả xem xét`)
      void client.invalidateQueries({ queryKey: key })
      onClose()
    },
  })
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Kết quả xem xét nhật ký của ${history.name}`}
      about={t`Các bản mâu thuẫn vẫn được giữ. Kết quả xem xét được ghi vào nhật ký của nút này.`}
    >
      <form
        onSubmit={submitted((form) => settle.mutate(text(form, 'reason').trim()))}
        className="flex flex-col gap-4"
      >
        <ErrorSummary errors={noErrors} error={settle.error} />
        <Field label={t`Kết quả`}>
          <Textarea name="reason" required minLength={3} maxLength={1000} autoFocus />
        </Field>
        <Acts>
          <Button look="primary" type="submit" busy={settle.isPending}>{t`Ghi kết quả`}</Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}
