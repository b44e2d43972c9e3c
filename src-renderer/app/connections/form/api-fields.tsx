import { FieldPair } from '../../../ui/field-set.tsx';
import { Field } from '../../../ui/field.tsx';
import { Switch } from '../../../ui/switch.tsx';
import { apiUrlFor } from './draft.ts';
import { SecretField } from './secret-field.tsx';
import type { ConnectionForm } from './use-connection-form.ts';

/** The manager's API: all there is for an API-only connection, a switch for the others. */
export function ApiFields({ form }: { readonly form: ConnectionForm }) {
  const { draft } = form;
  const isAll = draft.way === 'api';
  const turn = (usesApi: boolean) =>
    form.change(
      {
        usesApi,
        ...(usesApi && draft.apiUrl === ''
          ? { apiUrl: apiUrlFor(draft.way === 'local' ? '127.0.0.1' : draft.manager.host) }
          : {}),
      },
      'api-url',
      'api-user',
      'publishing',
    );
  return (
    <>
      {!isAll && (
        <Switch
          isSelected={draft.usesApi}
          onChange={turn}
          help="It lists the agents in full, with their groups, and starts active responses from 4.x on."
        >
          Use the manager’s API
        </Switch>
      )}
      {(isAll || draft.usesApi) && (
        <>
          <Field
            label="Address of the API"
            value={draft.apiUrl}
            onChange={(apiUrl) => form.change({ apiUrl }, 'api-url')}
            error={form.problem('api-url')}
            placeholder="https://mgr-fra-1:55000"
            isCode
            maxLength={2048}
          />
          <FieldPair>
            <Field
              label="User of the API"
              value={draft.apiUser}
              onChange={(apiUser) => form.change({ apiUser }, 'api-user', 'api-password')}
              error={form.problem('api-user')}
              maxLength={255}
            />
            <SecretField
              form={form}
              secret="api-password"
              label="Password of the API"
              value={draft.apiPassword}
              onChange={(apiPassword) => form.change({ apiPassword }, 'api-password', 'api-user')}
              error={form.problem('api-password')}
            />
          </FieldPair>
        </>
      )}
    </>
  );
}
