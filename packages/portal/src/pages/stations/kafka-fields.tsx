import type { SourceDraft } from '@haidang/contracts/source'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Copyable } from '../../components/copyable.tsx'
import { Field, Input, Select, Textarea } from '../../components/field.tsx'
import { type Errors, lines, text } from '../../components/form.ts'
import { entranceQuery } from './set-up/source-queries.ts'

type Kafka = NonNullable<SourceDraft['kafka']>
type Names = ReturnType<typeof useKafkaNames>

/** Words for the fields, by the place of each in a draft. */
export function useKafkaNames() {
  const { t } = useLingui()
  return {
    'kafka.brokers': t`Máy chủ Kafka`,
    'kafka.topics': t`Chủ đề`,
    'kafka.group': t`Nhóm đọc`,
    'kafka.user': t`Tên người dùng`,
    'kafka.password': t`Mật khẩu`,
    'kafka.authority': t`Chứng thư cơ quan cấp (PEM)`,
    'kafka.certificate': t`Chứng thư của trạm (PEM)`,
    'kafka.key': t`Khóa riêng của chứng thư (PEM)`,
  }
}

/** What the fields say; what is left empty is left out. */
export function kafkaOf(form: FormData): Kafka {
  const given = (name: string) => {
    const value = text(form, `kafka.${name}`).trim()
    return value === '' ? {} : { [name]: value }
  }
  const mechanism = text(form, 'kafka.mechanism') as Kafka['mechanism']
  return {
    brokers: lines(form, 'kafka.brokers'),
    topics: lines(form, 'kafka.topics'),
    start: text(form, 'kafka.start') as Kafka['start'],
    tls: text(form, 'kafka.tls') === 'tls',
    mechanism,
    ...given('group'),
    ...given('authority'),
    ...given('certificate'),
    ...given('key'),
    ...(mechanism !== 'none' && { ...given('user'), ...given('password') }),
  }
}

/** Brokers, topics, and how the station proves itself to them. */
export function KafkaFields({ names, errors }: { names: Names; errors: Errors }) {
  const { t } = useLingui()
  const [tls, setTls] = useState('plain')
  const [mechanism, setMechanism] = useState('none')
  const errorOf = (name: keyof Names) =>
    Object.entries(errors).find(([key]) => key === name || key.startsWith(`${name}.`))?.[1]
  return (
    <>
      <MissingPlugIn />
      <Field
        label={names['kafka.brokers']}
        help={t`Mỗi dòng một máy chủ, dạng tên:cổng; chúng tự chỉ ra các máy còn lại`}
        error={errorOf('kafka.brokers')}
      >
        <Textarea
          name="kafka.brokers"
          rows={2}
          placeholder="kafka-1.example:9092"
          className="font-mono"
        />
      </Field>
      <Field
        label={names['kafka.topics']}
        help={t`Mỗi dòng một chủ đề`}
        error={errorOf('kafka.topics')}
      >
        <Textarea name="kafka.topics" rows={2} placeholder="firewall-logs" className="font-mono" />
      </Field>
      <Field label={t`Bắt đầu đọc từ`} help={t`Khi chưa ai trong nhóm đọc`}>
        <Select name="kafka.start">
          <option value="earliest">{t`Bản ghi cũ nhất còn giữ`}</option>
          <option value="latest">{t`Bản ghi tới từ bây giờ`}</option>
        </Select>
      </Field>
      <Field
        label={names['kafka.group']}
        optional={t`không bắt buộc`}
        help={t`Bỏ trống: haidang- và tên nguồn`}
        error={errorOf('kafka.group')}
      >
        <Input name="kafka.group" className="font-mono" />
      </Field>
      <Field label={t`Đường truyền`}>
        <Select
          name="kafka.tls"
          value={tls}
          onChange={(event) => setTls(event.currentTarget.value)}
        >
          <option value="plain">{t`Không mã hóa`}</option>
          <option value="tls">TLS</option>
        </Select>
      </Field>
      <Field label={t`Xác thực`}>
        <Select
          name="kafka.mechanism"
          value={mechanism}
          onChange={(event) => setMechanism(event.currentTarget.value)}
        >
          <option value="none">{t`Không, hoặc bằng chứng thư`}</option>
          <option value="scram-sha-512">SASL SCRAM-SHA-512</option>
          <option value="scram-sha-256">SASL SCRAM-SHA-256</option>
          <option value="plain">SASL PLAIN</option>
        </Select>
      </Field>
      {mechanism === 'none' ? null : <AccountFields names={names} errorOf={errorOf} />}
      {tls === 'plain' ? null : <CertificateFields names={names} errorOf={errorOf} />}
    </>
  )
}

/** Where the program was installed without the plug-in: what to do first. The source waits for it. */
function MissingPlugIn() {
  const { t } = useLingui()
  const { data } = useQuery(entranceQuery)
  const install = data?.ways.find(({ collector }) => collector === 'kafka')?.install
  if (!install) return null
  return (
    <div className="flex flex-col gap-2 rounded-control bg-medium-soft px-3 py-2 text-13 sm:col-span-2">
      <p>{t`Nút chưa có phần bổ sung cho Kafka. Chạy lệnh này trong thư mục chương trình rồi khởi động lại nút; nguồn khai báo trước sẽ chờ.`}</p>
      <Copyable label={t`Lệnh cài phần bổ sung`} value={install} />
    </div>
  )
}

interface Part {
  readonly names: Names
  readonly errorOf: (name: keyof Names) => string | undefined
}

function AccountFields({ names, errorOf }: Part) {
  const { t } = useLingui()
  return (
    <>
      <Field label={names['kafka.user']} error={errorOf('kafka.user')}>
        <Input name="kafka.user" autoComplete="off" className="font-mono" />
      </Field>
      <Field
        label={names['kafka.password']}
        help={t`Không hiện lại sau khi lưu`}
        error={errorOf('kafka.password')}
      >
        <Input name="kafka.password" type="password" autoComplete="new-password" />
      </Field>
    </>
  )
}

function CertificateFields({ names, errorOf }: Part) {
  const { t } = useLingui()
  return (
    <>
      {(['kafka.authority', 'kafka.certificate', 'kafka.key'] as const).map((name) => (
        <Field
          key={name}
          label={names[name]}
          optional={t`không bắt buộc`}
          error={errorOf(name)}
          className="sm:col-span-2"
        >
          <Textarea
            name={name}
            rows={2}
            placeholder="-----BEGIN …"
            className="font-mono"
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
      ))}
    </>
  )
}
