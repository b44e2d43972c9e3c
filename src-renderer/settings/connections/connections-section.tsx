import type { SecretStatus } from '../../../src-shared/ipc/settings.ts';
import { connectionsHref, readConnectionsAddress } from '../../app/routes.ts';
import { useQuery } from '../../app/use-query.ts';
import { useRoute } from '../../app/use-route.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Link } from '../../ui/link.tsx';
import { Notice } from '../../ui/notice.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { ConnectionDetailPage } from './connection-detail-page.tsx';
import { ConnectionEditor } from './connection-editor.tsx';
import { ConnectionList } from './connection-list.tsx';

/** The managers that are reached: all of them, one in full, or the form of one. The address says which. */
export function ConnectionsSection({ secrets }: { readonly secrets: SecretStatus | null }) {
  const address = readConnectionsAddress(useRoute().params);
  const query = useQuery((client, signal) => client.connections.list(undefined, { signal }), []);
  if (address.mode === 'add') return <ConnectionEditor key="add" stored={null} secrets={secrets} />;
  if (query.error) {
    return (
      <ErrorNotice
        error={query.error}
        actions={
          <Button size="small" icon="again" onPress={query.reload}>
            Read the connections again
          </Button>
        }
      />
    );
  }
  if (!query.data) return query.isSlow ? <SkeletonRows rows={4} label="Reading the connections" /> : null;
  if (address.mode === 'list') return <ConnectionList details={query.data} />;
  const detail = query.data.find(({ profile }) => profile.id === address.profileId);
  if (!detail) return <Gone />;
  return address.mode === 'edit' ? (
    <ConnectionEditor key={detail.profile.id} stored={detail} secrets={secrets} />
  ) : (
    <ConnectionDetailPage detail={detail} />
  );
}

function Gone() {
  return (
    <Notice
      tone="plain"
      title="This connection is not here"
      actions={<Link href={connectionsHref()}>All connections</Link>}
    >
      It was removed, or the address comes from another data folder.
    </Notice>
  );
}
