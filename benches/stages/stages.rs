//! Each stage of a build by itself, and the whole build in memory, over the knowledge base of this
//! repository and over a thousand made articles:
//!
//! ```sh
//! cargo bench -p stages
//! cargo bench -p stages -- made-1000/render
//! ```

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use corpus::dialect::DIALECTS;
use corpus::{Corpus, Shape};
use criterion::{BatchSize, BenchmarkGroup, Criterion, criterion_group, criterion_main};
use criterion::{Throughput, measurement::WallTime};
use jiff::civil::date;
use postrej_site::article::{self, Article};
use postrej_site::outputs::cards::{self, Cards};
use postrej_site::outputs::{Making, OUTPUTS, Output, assets};
use postrej_site::page::{self, Page};
use postrej_site::render::{Scene, render};
use postrej_site::site::{self, Ground};
use postrej_site::source::Source;
use postrej_site::{Input, Options, build, config, diagnostic, disk, highlight, theme, verify};
use rayon::prelude::*;

criterion_group!(benches, shipped, made);
criterion_main!(benches);

fn shipped(criterion: &mut Criterion) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    match disk::read(&root) {
        Ok(input) => stages(criterion, "shipped", &input),
        Err(failure) => eprintln!("left out: {}", failure.message),
    }
}

fn made(criterion: &mut Criterion) {
    let corpus = Corpus::new(Shape::usual(1000));
    let Some(dialect) = DIALECTS.iter().find(|dialect| dialect.name == "postrej-site") else {
        return;
    };
    let mut files = (dialect.rest)(&corpus);
    let Some(settings) = files.iter().position(|file| file.path == config::PATH) else { return };
    let settings = files.swap_remove(settings);
    files.extend((0..1000).map(|number| (dialect.article)(&corpus, &corpus.article(number))));
    files.sort_by(|a, b| a.path.cmp(&b.path));

    let config_source = Source::new(settings.path, settings.text);
    let (config, diagnostics) = config::parse(&config_source);
    let articles = files.into_iter().map(|file| Source::new(file.path, file.text));
    let input = Input {
        config,
        config_source,
        articles: articles.collect(),
        files: Vec::new(),
        theme: Vec::new(),
        cards: cards::Known::new(),
        listings: highlight::Known::new(),
        diagnostics,
    };
    stages(criterion, "made-1000", &input);
}

/// Measures every stage with what the stages before it made.
fn stages(criterion: &mut Criterion, name: &str, input: &Input) {
    // what is wrong stops a build half way, and would be measured as quick
    let options = Options {
        base_url: None,
        cards: false,
        offline: true,
        drafts: false,
        today: date(2026, 1, 1),
    };
    let built = build(input, &options);
    if diagnostic::has_errors(&built.diagnostics) {
        eprintln!("left out: {name} has errors");
        return;
    }

    let mut group = criterion.benchmark_group(name);
    group.throughput(Throughput::Elements(input.articles.len() as u64));
    group.sample_size(10).measurement_time(Duration::from_secs(3));

    let ground = Ground {
        config: &input.config,
        files: &input.files,
        base_url: &input.config.base_url,
        drafts: options.drafts,
        today: options.today,
        settings: 0,
        memos: None,
    };
    group.bench_function("parse", |bench| bench.iter(|| parse(black_box(input))));
    group.bench_function("assemble", |bench| {
        let setup = || parse(input);
        bench.iter_batched(
            setup,
            |articles| site::assemble(articles, &ground),
            BatchSize::PerIteration,
        );
    });
    group.bench_function("theme", |bench| {
        bench.iter(|| theme::load(black_box(&input.theme), &input.config));
    });
    outputs(&mut group, input, &ground);
    group.bench_function("build", |bench| bench.iter(|| build(black_box(input), &options)));
    group.finish();
}

/// The stages behind `assemble`.
fn outputs(group: &mut BenchmarkGroup<'_, WallTime>, input: &Input, ground: &Ground<'_>) {
    let (site, _) = site::assemble(parse(input), ground);
    let (theme, _) = theme::load(&input.theme, &input.config);
    let (assets, _) = assets::make(&theme, &site.urls);
    group.bench_function("assets", |bench| {
        bench.iter(|| assets::make(black_box(&theme), &site.urls));
    });
    let pages_ground = page::Ground { site: &site, strings: &theme.strings, assets: &assets };
    group.bench_function("plan", |bench| {
        bench.iter(|| page::plan(black_box(pages_ground)).0.len());
    });

    let (pages, _) = page::plan(pages_ground);
    let (shared, none) = (page::site_view(&site, &assets), Cards::default());
    let (scene, _) = Scene::new(pages_ground, &shared, &none, &theme);
    group.bench_function("render", |bench| bench.iter(|| rendered(black_box(&scene), &pages)));

    let strings = &theme.strings;
    let making = Making { site: &site, pages: &pages, strings, hand: &|_| (), is_over: &|| false };
    for kind in OUTPUTS {
        group.bench_function(format!("output: {}", kind.name), |bench| {
            bench.iter(|| (kind.make)(black_box(&making)));
        });
    }
    let html = rendered(&scene, &pages);
    let paths = html.iter().map(|page| page.path.clone());
    let ground = verify::Ground::new(paths, &site.urls, &input.articles);
    group.bench_function("verify", |bench| {
        bench.iter(|| {
            let facts = html.par_iter().map(|page| verify::read(black_box(page), &ground));
            verify::join(&mut facts.collect::<Vec<_>>(), &ground)
        });
    });
}

/// All pages, in parallel as a build renders them.
fn rendered(scene: &Scene<'_>, pages: &[Page<'_>]) -> Vec<Output> {
    let pages = pages.par_iter().enumerate();
    pages.filter_map(|(at, page)| render(scene, at, page).ok()).collect()
}

/// All articles, in parallel as a build reads them.
fn parse(input: &Input) -> Vec<Arc<Article>> {
    let sources = input.articles.par_iter();
    sources.filter_map(|source| article::parse(source, &input.config, &input.listings).0).collect()
}
