import { filledLines, type Product, type WayIn } from '@haidang/contracts/product'
import { placedCollectors, type Source, tokenCollectors } from '@haidang/contracts/source'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../api/api.ts'
import { useDescribe } from '../../../api/describe.ts'
import { Button } from '../../../components/button.tsx'
import { Copyable } from '../../../components/copyable.tsx'
import { Field, Select } from '../../../components/field.tsx'
import { complain } from '../../../components/toast.tsx'
import { HowToSend } from '../how-to-send.tsx'
import { collectorNames } from '../source-words.ts'
import { entranceQuery, tokenQuery } from './source-queries.ts'

interface SenderSetUpProps {
  readonly source: Source
  readonly product: Product | undefined
  /** Which of the product's ways in was chosen. */
  readonly way: number | undefined
}

/** What is typed or pasted at the sender, with this station's address, port and token in it. */
export function SenderSetUp({ source, product, way }: SenderSetUpProps) {
  const { t } = useLingui()
  if (source.collector === 'kafka') {
    const { topics = [], brokers = [] } = source.kafka ?? {}
    return (
      <p className="break-words pt-2 text-13">
        {t`Trạm tự lấy chủ đề ${topics.join(', ')} từ ${brokers.join(', ')}; bên gửi không phải đặt gì. Tài khoản cần quyền Read và Describe trên chủ đề, Read trên nhóm.`}
      </p>
    )
  }
  if (placedCollectors.has(source.collector)) {
    return (
      <p className="pt-2 text-13">
        {t`Trạm tự đọc ${source.path ?? ''}; bên gửi không phải đặt gì. Người dùng hệ điều hành của nút phải đọc được tệp.`}
      </p>
    )
  }
  const chosen = wayOf(source, product, way)
  return (
    <div className="flex flex-col gap-4 pt-2">
      {chosen ? <ProductLines source={source} way={chosen} /> : <Plain source={source} />}
    </div>
  )
}

function wayOf({ collector }: Source, product: Product | undefined, at: number | undefined) {
  const chosen = product?.ways[at ?? 0]
  if (chosen?.collector === collector) return chosen
  return product?.ways.find((way) => way.collector === collector)
}

function Plain({ source }: { source: Source }) {
  const token = useQuery(tokenQuery(source.id))
  return <HowToSend source={source} token={token.data ?? null} />
}

function ProductLines({ source, way }: { source: Source; way: WayIn }) {
  const { t } = useLingui()
  const entrance = useQuery(entranceQuery)
  const token = useQuery(tokenQuery(source.id))
  const hosts = [...new Set([...(entrance.data?.hosts ?? []), window.location.hostname])]
  const [picked, setPicked] = useState<string>()
  const host = picked ?? hosts[0] ?? window.location.hostname
  const open = entrance.data?.ways.find(({ collector }) => collector === source.collector)
  const hasToken = tokenCollectors.has(source.collector)
  const value = filledLines(way, {
    isTls: open?.is_tls ?? false,
    host: host.includes(':') && way.lines.includes('{{host}}:') ? `[${host}]` : host,
    port: String(open?.port ?? ''),
    token: token.data ?? 'TOKEN',
    name: source.name,
    path: source.path ?? '',
    origin: window.location.origin,
  })
  return (
    <>
      <Field
        label={t`Địa chỉ của trạm, như bên gửi thấy`}
        help={`${collectorNames[source.collector]}${open?.port ? ` · ${t`cổng ${open.port}`}` : ''}`}
      >
        <Select value={host} onChange={(event) => setPicked(event.currentTarget.value)}>
          {hosts.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </Select>
      </Field>
      {hasToken ? <TokenNote source={source} token={token.data ?? null} /> : null}
      {open?.is_tls ? (
        <div className="flex flex-col gap-2 text-13">
          <p>{t`Bên gửi kiểm chứng thư của nút bằng tệp lấy ở máy của nút:`}</p>
          <Copyable
            label={t`Lệnh lấy chứng thư gốc`}
            value="npx haidang source authority > haidang-authority.pem"
          />
        </div>
      ) : null}
      <h3 className="font-semibold text-13">{way.put}</h3>
      <Copyable label={t`Cấu hình cho ${way.put}`} value={value} />
    </>
  )
}

/** The token stands in the lines once; after a reload only a new one can. */
function TokenNote({ source, token }: { source: Source; token: string | null }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const describe = useDescribe()
  const renew = useMutation({
    mutationFn: () => api.sources.renewToken({ params: { id: source.id } }),
    onSuccess: (answer) => client.setQueryData(tokenQuery(source.id).queryKey, answer.token),
    onError: (error) => complain(describe(error).title),
  })
  if (token) {
    return (
      <p className="text-13 text-ink-2">
        {t`Mã truy cập của nguồn nằm trong các dòng dưới đây và chỉ hiện lần này.`}
      </p>
    )
  }
  return (
    <div className="flex flex-wrap items-center gap-3 text-13">
      <p className="min-w-0 flex-1 basis-60">
        {t`Mã truy cập chỉ hiện một lần và đã qua. Nếu chưa chép, lấy mã mới; mã cũ thôi dùng được.`}
      </p>
      <Button busy={renew.isPending} onClick={() => renew.mutate()}>{t`Lấy mã mới`}</Button>
    </div>
  )
}
