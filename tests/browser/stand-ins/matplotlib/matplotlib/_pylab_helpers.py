class Gcf:
    managers = []

    @classmethod
    def get_all_fig_managers(cls):
        return list(cls.managers)

    @classmethod
    def destroy_all(cls):
        cls.managers.clear()
