# Two commands: `make run` and `make test`. Everything else is for who works on the code.
.DEFAULT_GOAL := help
.PHONY: help run dev test check format bench migration lock clean

PYTHON ?= python3
READY := @$(PYTHON) scripts/bootstrap.py &&
BIN := .venv/bin

help: ## 列出全部命令 / list the commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

run: ## 安装、建库、构建、启动；可加 PORT= HOST= HTTPS=1 / install, migrate, build, serve
	$(READY) $(BIN)/firegrid run $(if $(PORT),--port '$(PORT)') $(if $(HOST),--host '$(HOST)') $(if $(filter-out 0,$(HTTPS)),--https)

dev: ## 改代码即刷新 / serve with hot reload
	$(READY) $(BIN)/firegrid dev $(if $(PORT),--port '$(PORT)') $(if $(HOST),--host '$(HOST)')

test: ## 全部测试，含浏览器 / every check and test, browser journeys included
	$(READY) $(BIN)/python scripts/test.py $(ARGS)

check: ## 格式、类型、迁移 / format, lint, types, migrations
	$(READY) $(BIN)/python scripts/check.py

format: ## 整理格式 / put the code into shape
	$(READY) $(BIN)/ruff check --fix . && $(BIN)/ruff format .

bench: ## 测量 / measure; prints a table, writes JSON
	$(READY) $(BIN)/python -m bench $(ARGS)

migration: ## 新迁移：make migration m="..." / write a migration from the tables
	$(READY) $(BIN)/python scripts/migration.py '$(m)'

lock: ## 更新锁定文件 / renew the locks: npm's, and constraints.txt from what is installed
	@$(PYTHON) scripts/bootstrap.py --renew && $(BIN)/python scripts/lock.py && $(BIN)/firegrid build --update-lock

clean: ## 删除可以重做的一切（不含数据）/ remove all that can be made again; data stays
	rm -rf .venv .web .states .pytest_cache .mypy_cache .ruff_cache .hypothesis test-artifacts firegrid.egg-info assets/external
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
