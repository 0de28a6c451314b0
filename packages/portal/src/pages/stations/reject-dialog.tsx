import { formatNames, type RecordFormat } from '@haidang/contracts/record-format'
import type { RejectReading } from '@haidang/contracts/reject-replay'
import type { Reject } from '@haidang/contracts/source'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { Check, Field, Select } from '../../components/field.tsx'
import { RawRecord } from '../../components/raw-record.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { hexView } from './hex-view.ts'
import { useReplay } from './reject-replays.tsx'

interface RejectDialogProps {
  readonly reject: Reject
  readonly onClose: () => void
}

/** A record no parser could read: its bytes, what it would become in another format, and reading it again so. */
export function RejectDialog({ reject, onClose }: RejectDialogProps) {
  const { t } = useLingui()
  const { bytes } = useWords()
  const refusal = useRefusal()
  const replay = useReplay()
  const [format, setFormat] = useState<RecordFormat | ''>('')
  const given = format === '' ? {} : { format }
  const again = (choice: { ids?: string[]; source_id?: string; reason?: string }) =>
    replay.mutate({ ...choice, ...given }, { onSuccess: onClose })
  const preview = useQuery({
    queryKey: ['rejects', reject.id, 'preview', format],
    queryFn: ({ signal }) =>
      api.sources.previewRejects({ body: { ids: [reject.id], ...given } }, signal),
  })
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Bản ghi không đọc được`}
      about={<code>{reject.reason}</code>}
      wide
    >
      <p className="pb-3 text-15">{reject.detail}</p>
      <Bytes reject={reject} />
      <div className="py-3">
        <Facts>
          <Fact name={t`Nguồn`}>{reject.source_name}</Fact>
          <Fact name={t`Nhận lúc`}>
            <Time at={reject.received_time} as="absolute" />
          </Fact>
          <Fact name={t`Cỡ`}>{bytes(reject.size)}</Fact>
          {reject.replayed_at ? (
            <Fact name={t`Đọc lại`}>
              <Time at={reject.replayed_at} as="absolute" />
            </Fact>
          ) : null}
        </Facts>
      </div>
      <Field
        label={t`Đọc thử theo định dạng`}
        help={t`Chỉ để xem; chưa có gì được ghi lại cho tới khi bấm đọc lại.`}
      >
        <Select
          value={format}
          onChange={(event) => setFormat(event.currentTarget.value as RecordFormat | '')}
        >
          <option value="">{t`Như nguồn đang đặt`}</option>
          <option value="auto">{t`Tự nhận biết`}</option>
          {Object.entries(formatNames).map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <div className="py-3">
        <Asked query={preview}>{({ items }) => <Reading reading={items[0]} />}</Asked>
      </div>
      {reject.replayed_at ? null : (
        <div className="flex flex-wrap gap-2">
          <Button
            refusal={refusal('source.manage')}
            busy={replay.isPending}
            onClick={() => again({ ids: [reject.id] })}
          >
            {t`Đọc lại bản ghi này`}
          </Button>
          <Button
            refusal={refusal('source.manage')}
            busy={replay.isPending}
            onClick={() => again({ source_id: reject.source_id, reason: reject.reason })}
          >
            {t`Đọc lại mọi bản ghi cùng nguồn và lý do`}
          </Button>
        </div>
      )}
    </Dialog>
  )
}

/** As text, or every byte. */
function Bytes({ reject }: { reject: Reject }) {
  const { t } = useLingui()
  const { bytes } = useWords()
  const [isHex, setHex] = useState(false)
  const query = useQuery({
    queryKey: ['rejects', reject.id, 'bytes'],
    queryFn: ({ signal }) => api.sources.reject({ params: { id: reject.id } }, signal),
    enabled: isHex,
  })
  return (
    <>
      {isHex ? (
        <Asked query={query}>
          {({ base64, kept }) => {
            const first = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
            return (
              <>
                <RawRecord text={hexView(first.subarray(0, 4096))} />
                {kept > 4096 ? (
                  <p className="pt-1 text-12 text-ink-3">{t`4 kB đầu trong ${bytes(kept)} được giữ`}</p>
                ) : null}
              </>
            )
          }}
        </Asked>
      ) : (
        <RawRecord text={reject.excerpt} />
      )}
      <div className="pt-2">
        <Check checked={isHex} onChange={(event) => setHex(event.currentTarget.checked)}>
          {t`Xem từng byte (thập lục phân)`}
        </Check>
      </div>
    </>
  )
}

function Reading({ reading }: { reading: RejectReading | undefined }) {
  const { t } = useLingui()
  if (!reading)
    return <p className="text-ink-3">{t`Bản ghi gốc không còn hoặc quá lớn để đọc thử.`}</p>
  const { event, reason, detail } = reading
  if (!event) {
    return (
      <p>
        {t`Vẫn không đọc được:`} <code className="text-high">{reason}</code> {detail}
      </p>
    )
  }
  return (
    <>
      <p className="pb-2">{t`Sẽ thành sự kiện này:`}</p>
      <Facts>
        <Fact name={t`Thời gian`}>
          <Time at={event.time} as="absolute" />
        </Fact>
        <Fact name={t`Định dạng`}>
          <code>{event.metadata.parser}</code>
        </Fact>
        <Fact name={t`Nội dung`}>
          <span className="break-words">{event.message}</span>
        </Fact>
      </Facts>
    </>
  )
}
