import { type Source, tokenCollectors } from '@haidang/contracts/source'
import { usualPort } from '@haidang/contracts/usual-ports'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Copyable } from '../../components/copyable.tsx'
import { Secret } from './secret.tsx'
import { senderLines } from './sender-lines.ts'
import { entranceQuery, productsQuery } from './set-up/source-queries.ts'
import { collectorNames } from './source-words.ts'

interface HowToSendProps {
  readonly source: Source
  /** Shown once; none for ways in that have none, or when it was shown before. */
  readonly token: string | null
}

/** What whoever sets a sender up needs: token, port, authority, and lines to copy. */
export function HowToSend({ source, token }: HowToSendProps) {
  const { t } = useLingui()
  const { collector, name, path } = source
  const open = useQuery(entranceQuery).data?.ways.find((way) => way.collector === collector)
  const port = open?.port ?? usualPort(collector)
  const isTls = open?.is_tls ?? false
  const isCarried = tokenCollectors.has(collector)
  const products = useQuery(productsQuery).data?.items ?? []
  const { origin } = window.location
  const target = { name, path, origin, token: token ?? 'TOKEN', products, port, isTls }
  return (
    <div className="flex flex-col gap-5">
      {token ? <Secret value={token}>{t`Mã cho biết bản ghi thuộc nguồn nào.`}</Secret> : null}
      {port === undefined ? null : (
        <p>
          {t`${collectorNames[collector]} ở cổng ${port}. Bên gửi ở máy khác chỉ vào được khi cấu hình có station.listen_host.`}
        </p>
      )}
      {isCarried && port !== undefined && !isTls ? (
        <p>{t`Cổng này nói HTTP không mã hóa. Qua mạng không tin cậy, đặt station.tls.http: true trong cấu hình của nút.`}</p>
      ) : null}
      {isTls ? (
        <div className="flex flex-col gap-2">
          <p>{t`Bên gửi kiểm chứng thư của nút bằng tệp lấy ở máy của nút:`}</p>
          <Copyable
            label={t`Lệnh lấy chứng thư gốc`}
            value="npx haidang source authority > haidang-authority.pem"
          />
        </div>
      ) : null}
      {senderLines(collector, target).map(({ sender, lines }) => (
        <section key={sender} className="flex flex-col gap-2">
          <h3 className="font-semibold text-13">{sender}</h3>
          <Copyable label={t`Cấu hình cho ${sender}`} value={lines} />
        </section>
      ))}
    </div>
  )
}
