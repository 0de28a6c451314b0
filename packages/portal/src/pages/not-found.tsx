import { Trans } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { buttonStyle } from '../components/button.tsx'
import { Empty } from '../components/states.tsx'

export function NotFound() {
  return (
    <Empty
      whole
      title={<Trans>Không có trang này</Trans>}
      act={
        <Link to="/" className={buttonStyle()}>
          <Trans>Về Tình hình</Trans>
        </Link>
      }
    >
      <Trans>Địa chỉ có thể đã gõ sai, hoặc bạn không được biết về nó.</Trans>
    </Empty>
  )
}
