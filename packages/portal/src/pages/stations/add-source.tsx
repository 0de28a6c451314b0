import { type CollectorKind, placedCollectors, SourceDraft } from '@haidang/contracts/source'
import type { Tlp } from '@haidang/contracts/tlp'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Input, Select, Textarea } from '../../components/field.tsx'
import {
  type Errors,
  errorsOf,
  lines,
  noErrors,
  submitted,
  text,
  useIssues,
} from '../../components/form.ts'
import { TlpOptions } from '../../components/options.tsx'
import { say } from '../../components/toast.tsx'
import { HowToSend } from './how-to-send.tsx'
import { KafkaFields, kafkaOf, useKafkaNames } from './kafka-fields.tsx'
import { ReadingFields } from './reading-fields.tsx'
import { type SetReading, useReadingNames, usualReading } from './set-reading.ts'
import { collectorNames } from './source-words.ts'

/** Ways in whose senders may be told by a name: of their certificate, or a user name. */
const named: ReadonlySet<CollectorKind> = new Set(['syslog-tls', 'lumberjack', 'fluent-forward'])

/** Leads to the choice of a product. */
export function AddSourceButton() {
  const { t } = useLingui()
  const refusal = useRefusal()
  const navigate = useNavigate()
  return (
    <Button
      look="primary"
      refusal={refusal('source.manage')}
      onClick={() => void navigate({ to: '/stations/set-up', search: {} })}
    >
      <Plus aria-hidden="true" className="size-4" />
      {t`Thêm nguồn`}
    </Button>
  )
}

/** For who knows the way in, the format and the rest without the list of products. */
export function AddByHandButton() {
  const { t } = useLingui()
  const refusal = useRefusal()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button refusal={refusal('source.manage')} onClick={() => setOpen(true)}>
        {t`Khai báo bằng tay…`}
      </Button>
      {open ? <AddSourceDialog onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function draftOf(form: FormData, reading: SetReading) {
  const path = text(form, 'path').trim()
  const silence = text(form, 'expect_every_seconds')
  return {
    name: text(form, 'name'),
    collector: text(form, 'collector') as CollectorKind,
    ...reading,
    senders: lines(form, 'senders'),
    tlp: text(form, 'tlp') as Tlp,
    ...(silence ? { expect_every_seconds: Number(silence) } : {}),
    ...(path ? { path } : {}),
    ...(text(form, 'collector') === 'kafka' && { kafka: kafkaOf(form) }),
  }
}

function AddSourceDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const [collector, setCollector] = useState<CollectorKind>('syslog-udp')
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const [reading, setReading] = useState<SetReading>(usualReading)
  const issues = useIssues()
  const kafka = useKafkaNames()
  const readingNames = useReadingNames()
  const create = useMutation({
    mutationFn: (body: SourceDraft) => api.sources.create({ body }),
    onSuccess: ({ source }) => {
      void client.invalidateQueries({ queryKey: ['sources'] })
      say(t`Đã thêm nguồn ${source.name}`)
      if (source.collector === 'tail-file' || source.collector === 'kafka') onClose()
    },
    onError: (error) => setWrong(errorsOf(error)),
  })
  const send = (form: FormData) => {
    const parsed = SourceDraft.safeParse(draftOf(form, reading))
    const found: Record<string, string> = { ...issues(parsed) }
    if (placedCollectors.has(collector) && !text(form, 'path').trim()) found['path'] = t`Chưa nhập`
    setWrong(found)
    if (parsed.success && Object.keys(found).length === 0) create.mutate(parsed.data)
  }
  if (create.data) {
    return (
      <Dialog
        open
        onClose={onClose}
        title={t`Gửi bản ghi tới nguồn ${create.data.source.name}`}
        wide
      >
        <HowToSend {...create.data} />
      </Dialog>
    )
  }
  const names = { name: t`Tên nguồn`, path: t`Tệp`, senders: t`Địa chỉ bên gửi` }
  const listens = !placedCollectors.has(collector) && collector !== 'kafka'
  const places: Partial<Record<CollectorKind, { help: string; example: string }>> = {
    'tail-file': {
      help: t`Đường dẫn tuyệt đối; tên tệp có thể có dấu *. Tệp nén (.gz, .zst, .xz, .bz2) được đọc một lần`,
      example: '/var/log/suricata/eve.json',
    },
    'syslog-socket': {
      help: t`Đường dẫn tuyệt đối của ổ cắm UNIX (stream); nút tự tạo, thư mục phải có sẵn`,
      example: '/run/haidang/syslog.sock',
    },
  }
  const place = places[collector]
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Thêm nguồn`}
      about={t`Sau khi thêm, danh sách nguồn cho thấy bản ghi đầu tiên khi nó tới.`}
      wide
    >
      <form noValidate onSubmit={submitted(send)} className="grid gap-4 sm:grid-cols-2">
        <div className="sm:col-span-2">
          <ErrorSummary
            errors={wrong}
            error={create.error}
            names={{ ...names, ...kafka, ...readingNames }}
          />
        </div>
        <Field
          label={names.name}
          help={t`Chữ thường không dấu, số, gạch nối`}
          error={wrong['name']}
        >
          <Input name="name" placeholder="fortigate-1" className="font-mono" autoFocus />
        </Field>
        <Field label={t`Đường vào`}>
          <Select
            name="collector"
            value={collector}
            onChange={(event) => setCollector(event.currentTarget.value as CollectorKind)}
          >
            {Object.entries(collectorNames).map(([kind, name]) => (
              <option key={kind} value={kind}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        {place ? (
          <Field
            label={names.path}
            help={place.help}
            error={wrong['path']}
            className="sm:col-span-2"
          >
            <Input name="path" placeholder={place.example} className="font-mono" />
          </Field>
        ) : null}
        {collector === 'kafka' ? <KafkaFields names={kafka} errors={wrong} /> : null}
        {listens ? (
          <Field
            label={names.senders}
            optional={t`không bắt buộc`}
            help={
              named.has(collector)
                ? t`Mỗi dòng một địa chỉ hoặc dải, hoặc name: và tên trong chứng thư (hay tên người dùng Fluent) của bên gửi; bỏ trống là nhận từ mọi nơi`
                : t`Mỗi dòng một địa chỉ hoặc dải; bỏ trống là nhận từ mọi nơi`
            }
            error={wrong['senders']}
            className="sm:col-span-2"
          >
            <Textarea name="senders" rows={2} placeholder="192.0.2.0/24" className="font-mono" />
          </Field>
        ) : null}
        <Field label="TLP">
          <Select name="tlp" defaultValue="amber">
            <TlpOptions />
          </Select>
        </Field>
        <Field
          label={t`Coi là im lặng sau`}
          help={t`giây không có bản ghi; để trống: mặc định của nút`}
        >
          <Input
            name="expect_every_seconds"
            type="number"
            min={10}
            max={86_400}
            placeholder="300"
          />
        </Field>
        <ReadingFields set={reading} onSet={setReading} errors={wrong} />
        <Acts className="sm:col-span-2">
          <Button look="primary" type="submit" busy={create.isPending}>{t`Thêm nguồn`}</Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}
