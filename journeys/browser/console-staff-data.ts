// Canned accounts of a node's staff.
import type { Me, StaffPage } from '../../web/src/kit/api/list-office.ts';

const noon = 1_795_579_200;

export const admin: Me = {
  name: 'admin',
  roles: ['viewer', 'editor', 'publisher', 'keeper'],
  operator: null,
};
export const onlyViewer: Me = { name: 'viewer-wang', roles: ['viewer'], operator: null };

export const staff: StaffPage = {
  accounts: [
    {
      ...{
        name: 'admin',
        roles: admin.roles,
        createdAt: noon - 90_000,
        operator: null,
        createdBy: 'node',
      },
      ...{ disabledAt: null, disabledBy: null, lastUsedAt: noon },
    },
    {
      ...{ name: 'editor-li', roles: ['viewer', 'editor'], createdAt: noon - 9_000 },
      ...{
        operator: null,
        createdBy: 'admin',
        disabledAt: null,
        disabledBy: null,
        lastUsedAt: null,
      },
    },
    {
      ...{
        name: 'gone',
        roles: ['viewer'],
        createdAt: noon - 9_000,
        operator: null,
        createdBy: 'admin',
      },
      ...{ disabledAt: noon, disabledBy: 'admin', lastUsedAt: null },
    },
  ],
};
