import type { MailKey } from '@haidang/contracts/mail-key'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { Section } from '../../components/page.tsx'
import { Pill, type Tone } from '../../components/pill.tsx'
import { saveFile } from '../../components/save-file.ts'
import { Empty } from '../../components/states.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { mailKeysQuery } from './mail-keys-query.ts'
import { MakeMailKey } from './make-mail-key.tsx'

const tones: Record<MailKey['state'], Tone> = {
  current: 'good',
  replaced: 'neutral',
  revoked: 'critical',
}

/** The OpenPGP keys of the node: what signs its encrypted mails, and what people encrypt theirs to. */
export function MailKeySection() {
  const { t } = useLingui()
  const refusal = useRefusal()
  const [asks, setAsks] = useState(false)
  const query = useQuery({
    queryKey: mailKeysQuery,
    queryFn: ({ signal }) => api.mailKeys.list({}, signal),
  })
  const hasKey = (query.data?.items.length ?? 0) > 0
  const make = (
    <Button size="small" refusal={refusal('setting.manage')} onClick={() => setAsks(true)}>
      {hasKey ? t`Đổi khóa…` : t`Tạo khóa…`}
    </Button>
  )
  return (
    <Section title={t`Khóa OpenPGP của nút`} acts={make}>
      <Asked query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t`Nút chưa có khóa`}>
              {t`Khóa này ký thư mã hóa mà nút gửi đi và mở thư người khác mã hóa gửi đến.`}
            </Empty>
          ) : (
            <ul className="divide-y divide-line">
              {items.map((key) => (
                <OneKey key={key.fingerprint} mailKey={key} />
              ))}
            </ul>
          )
        }
      </Asked>
      {asks ? <MakeMailKey replaces={hasKey} onClose={() => setAsks(false)} /> : null}
    </Section>
  )
}

function OneKey({ mailKey }: { mailKey: MailKey }) {
  const { t } = useLingui()
  const { label } = useWords()
  const { fingerprint, name, address, state, created_at, expires_at, armoured } = mailKey
  const save = () => saveFile(`${fingerprint}.asc`, 'application/pgp-keys', armoured)
  return (
    <li className="flex flex-col gap-1 py-3 text-13">
      <span className="flex flex-wrap items-center gap-2">
        <Pill tone={tones[state]}>{label('mailKeyState', state)}</Pill>
        <span className="break-all">
          {name} &lt;{address}&gt;
        </span>
      </span>
      <code className="break-all text-12">{fingerprint}</code>
      <span className="text-12 text-ink-2">
        {t`Tạo lúc`} <Time at={created_at} as="absolute" /> · {t`hết hạn`}{' '}
        <Time at={expires_at} as="absolute" />
      </span>
      <Button size="small" className="self-start" onClick={save}>
        {t`Tải khóa công khai`}
      </Button>
    </li>
  )
}
