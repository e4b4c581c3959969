import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Redirect, Route, Switch } from 'wouter';
import type { DefinitionsSummary } from '../../../server/contract/definitions-api.ts';
import { summaryQuery } from '../../estate-queries.ts';
import { Problem } from '../../ui/problem.tsx';
import { RowsSkeleton } from '../../ui/rows-skeleton.tsx';
import { CheckPage } from './check/check-page.tsx';
import classes from './estate.module.css';
import { EstateNotices } from './estate-notices.tsx';
import { FilePage } from './file/file-page.tsx';
import { HistoryPage } from './history/history-page.tsx';
import { OrganizationsPage } from './organizations/organizations-page.tsx';
import { PreferencesPage } from './preferences/preferences-page.tsx';
import { ReviewProvider } from './review/review-provider.tsx';
import { ServersPage } from './servers/servers-page.tsx';
import { ServicesPage } from './services/services-page.tsx';
import { EstateTabs } from './tabs.tsx';
import { UptakePage } from './uptake/uptake-page.tsx';

/** The definitions of the estate: who serves whom with what, by which rules, since when. */
export function EstateScreen() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(summaryQuery);
  return (
    <div className={classes['stack']}>
      <div className={classes['head']}>
        <div>
          <h1>{t('estate.title')}</h1>
          <p className="br-quiet">{t('estate.lead')}</p>
        </div>
      </div>
      <EstateTabs />
      {data ? (
        <ReviewProvider>
          <EstateNotices summary={data} />
          <Pages summary={data} />
        </ReviewProvider>
      ) : error ? (
        <Problem error={error} onAgain={() => void refetch()} />
      ) : (
        <RowsSkeleton rows={5} />
      )}
    </div>
  );
}

function Pages({ summary }: { summary: DefinitionsSummary }) {
  return (
    <Switch>
      <Route path="/estate">
        <ServersPage summary={summary} />
      </Route>
      <Route path="/estate/services" component={ServicesPage} />
      <Route path="/estate/organizations">
        <OrganizationsPage summary={summary} />
      </Route>
      <Route path="/estate/preferences">
        <PreferencesPage summary={summary} />
      </Route>
      <Route path="/estate/check" component={CheckPage} />
      <Route path="/estate/file">
        <FilePage summary={summary} />
      </Route>
      <Route path="/estate/history">
        <HistoryPage summary={summary} />
      </Route>
      <Route path="/estate/uptake" component={UptakePage} />
      <Route>
        <Redirect to="/estate" replace />
      </Route>
    </Switch>
  );
}
